#include "io/toml_text.hpp"

#include <algorithm>
#include <array>

namespace delian::io::toml {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t excerpt_code_points = 40;

struct InvisibleMark {
  std::string_view bytes;
  std::string_view escape;
};

// What word processors and web pages leave behind.
constexpr std::array invisible_marks{
    InvisibleMark{"\xC2\xA0", "\\u00A0"},      // no-break space
    InvisibleMark{"\xC2\xAD", "\\u00AD"},      // soft hyphen
    InvisibleMark{"\xE2\x80\x89", "\\u2009"},  // thin space
    InvisibleMark{"\xE2\x80\x8B", "\\u200B"},  // zero width space
    InvisibleMark{"\xE2\x80\xAF", "\\u202F"},  // narrow no-break space
    InvisibleMark{"\xEF\xBB\xBF", "\\uFEFF"},  // byte order mark
};

unsigned byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

bool is_continuation(unsigned byte) {
  return (byte & 0xC0U) == 0x80U;
}

// Bytes of the well-formed code point at `offset` (Unicode 15, table 3-7); 0 when there is none.
std::size_t well_formed_length(std::string_view text, std::size_t offset) {
  const unsigned lead = byte_at(text, offset);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - offset < length) return 0;
  const unsigned second = byte_at(text, offset + 1);
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (second < low || second > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (!is_continuation(byte_at(text, offset + i))) return 0;
  }
  return length;
}

}  // namespace

std::optional<std::size_t> first_not_utf8(std::string_view text) {
  std::size_t offset = 0;
  while (offset < text.size()) {
    const std::size_t length = well_formed_length(text, offset);
    if (length == 0) return offset;
    offset += length;
  }
  return std::nullopt;
}

std::size_t code_point_length(std::string_view text) {
  const std::size_t length = well_formed_length(text, 0);
  return length == 0 ? 1 : length;
}

int count_code_points(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return !is_continuation(static_cast<unsigned char>(c));
  }));
}

void append_utf8(std::string& text, std::uint32_t code_point) {
  const auto add = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code_point < 0x80) {
    add(code_point);
  } else if (code_point < 0x800) {
    add(0xC0U | (code_point >> 6U));
    add(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    add(0xE0U | (code_point >> 12U));
    add(0x80U | ((code_point >> 6U) & 0x3FU));
    add(0x80U | (code_point & 0x3FU));
  } else {
    add(0xF0U | (code_point >> 18U));
    add(0x80U | ((code_point >> 12U) & 0x3FU));
    add(0x80U | ((code_point >> 6U) & 0x3FU));
    add(0x80U | (code_point & 0x3FU));
  }
}

std::string_view invisible_mark_in(std::string_view text) {
  std::size_t first = text.size();
  std::size_t length = 0;
  for (const InvisibleMark& mark : invisible_marks) {
    const std::size_t found = text.find(mark.bytes);
    if (found < first) {
      first = found;
      length = mark.bytes.size();
    }
  }
  return text.substr(first, length);
}

std::string excerpt(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string shown = "`";
  for (std::size_t count = 0; !text.empty(); ++count) {
    if (count == excerpt_code_points) {
      shown += "…";
      break;
    }
    const std::size_t length = code_point_length(text);
    const std::string_view letter = text.substr(0, length);
    const auto* mark = std::ranges::find_if(
        invisible_marks, [&](const InvisibleMark& known) { return known.bytes == letter; });
    if (is_control(text[0])) {
      const unsigned byte = byte_at(text, 0);
      shown.append("\\u00").append(1, hex[byte >> 4U]).append(1, hex[byte & 0xFU]);
    } else if (mark != invisible_marks.end()) {
      shown += mark->escape;
    } else {
      shown += letter;
    }
    text.remove_prefix(length);
  }
  return shown += '`';
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (is_blank(text.front()) || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (is_blank(text.back()) || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

Locator::Locator(std::string_view text) : text_(text) {
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark) {
    content_start_ = byte_order_mark.size();
  }
  starts_.push_back(content_start_);
  for (std::size_t feed = text.find('\n'); feed != std::string_view::npos;
       feed = text.find('\n', feed + 1)) {
    starts_.push_back(feed + 1);
  }
  offset_ = content_start_;
}

std::size_t Locator::line_end(std::size_t line) const {
  if (line + 1 == starts_.size()) return text_.size();
  const std::size_t feed = starts_[line + 1] - 1;
  return feed > starts_[line] && text_[feed - 1] == '\r' ? feed - 1 : feed;
}

void Locator::move_to(std::size_t offset) {
  offset = std::max(offset, content_start_);
  if (offset < offset_) {
    const auto after = std::ranges::upper_bound(starts_, offset);
    line_ = static_cast<std::size_t>(after - starts_.begin()) - 1;
    offset_ = starts_[line_];
    column_ = 1;
  }
  while (line_ + 1 < starts_.size() && starts_[line_ + 1] <= offset) {
    offset_ = starts_[++line_];
    column_ = 1;
  }
  column_ += count_code_points(text_.substr(offset_, offset - offset_));
  offset_ = offset;
}

Span Locator::span(std::size_t offset, std::size_t end) {
  move_to(offset);
  Span span{offset, 0, static_cast<int>(line_) + 1, column_, 0};
  extend(span, end);
  return span;
}

void Locator::extend(Span& span, std::size_t end) const {
  const std::size_t first_line_end =
      std::max(span.offset, std::min(end, line_end(static_cast<std::size_t>(span.line) - 1)));
  span.length = end - span.offset;
  span.width = count_code_points(text_.substr(span.offset, first_line_end - span.offset));
}

}  // namespace delian::io::toml
