// Edits in place, and the laws they keep on texts nobody wrote by hand.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "io/toml.hpp"

namespace delian::io::toml {
namespace {

// Every value with a text of its own, with its pointer; those inside another value too.
void collect(const Node& node, const std::string& pointer,
             std::vector<std::pair<std::string, const Node*>>& values) {
  if (node.origin() == Origin::value) values.emplace_back(pointer, &node);
  if (const Table* table = node.table()) {
    for (const Entry& entry : table->entries()) {
      collect(entry.value, pointer_to(pointer, entry.key), values);
    }
  }
  if (const auto* elements = node.array()) {
    for (std::size_t i = 0; i < elements->size(); ++i) {
      collect((*elements)[i], pointer_to(pointer, i), values);
    }
  }
}

std::vector<std::pair<std::string, const Node*>> values_of(const Document& document) {
  std::vector<std::pair<std::string, const Node*>> values;
  collect(document.root_node(), "", values);
  return values;
}

std::string source_of(std::string_view text, const Node& node) {
  return std::string(text.substr(node.span().offset, node.span().length));
}

TEST(TomlEdit, LeavesEveryOtherByteAlone) {
  const std::string text =
      "\xEF\xBB\xBF# head\r\nFR = { position = \"40\", salience = 60 } # why\r\nDE = 1\r\n";
  const Parsed parsed = parse(text);
  const Node* position = parsed.document.at("FR.position");
  ASSERT_NE(position, nullptr);
  EXPECT_EQ(apply(text, {replace_value(*position, quote("45 (40 to 50)"))}),
            "\xEF\xBB\xBF# head\r\nFR = { position = \"45 (40 to 50)\", salience = 60 } # why\r\n"
            "DE = 1\r\n");
}

TEST(TomlEdit, SeveralEditsMayComeInAnyOrder) {
  const std::string text = "a = 1\nb = 2\n";
  const Parsed parsed = parse(text);
  EXPECT_EQ(
      apply(text, {replace_value(*parsed.document.at("b"), "20"),
                   replace_value(*parsed.document.at("a"), "10"), Edit{text.size(), 0, "c = 3\n"}}),
      "a = 10\nb = 20\nc = 3\n");
}

TEST(TomlEditDeathTest, OverlappingEditsAreABug) {
  EXPECT_DEATH(apply("abc", {{0, 2, "x"}, {1, 1, "y"}}), "");
  EXPECT_DEATH(apply("abc", {{2, 2, "x"}}), "");
}

TEST(TomlEditDeathTest, ATableWithAHeaderHasNoTextToReplace) {
  const Parsed parsed = parse("[a]\n");
  EXPECT_DEATH(replace_value(*parsed.document.at("a"), "1"), "");
}

TEST(TomlQuote, EscapesWhatABasicStringCannotHold) {
  EXPECT_EQ(quote("a\"b\\c\n\r\t\x01\x7F ü"), "\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u007F ü\"");
  EXPECT_EQ(quote("a\xFFz"), "\"a\xEF\xBF\xBDz\"");
}

RC_GTEST_PROP(TomlQuote, AnyTextComesBack, ()) {
  const auto code_points = *rc::gen::container<std::vector<std::uint32_t>>(
      rc::gen::oneOf(rc::gen::inRange(0U, 0x80U), rc::gen::inRange(0x80U, 0xD800U),
                     rc::gen::inRange(0xE000U, 0x110000U)));
  // Built by TOML's own escapes, read back, then written by quote().
  std::string escapes = "\"";
  for (const std::uint32_t code_point : code_points) {
    constexpr std::string_view hex = "0123456789abcdef";
    escapes += "\\U";
    for (int shift = 28; shift >= 0; shift -= 4) {
      escapes += hex[(code_point >> static_cast<unsigned>(shift)) & 0xFU];
    }
  }
  const Parsed first = parse("a = " + escapes + "\"");
  RC_ASSERT(first.problems.empty());
  const std::string text = *first.document.at("a")->string();
  const Parsed second = parse(quote(text) + " = " + quote(text));
  RC_ASSERT(second.problems.empty());
  RC_ASSERT(second.document.root().entries().at(0).key == text);
  RC_ASSERT(*second.document.root().entries().at(0).value.string() == text);
  RC_ASSERT(second.document.at(pointer_to("", text)) != nullptr);
}

// --- laws on documents made at random ------------------------------------------------------------

// rapidcheck keeps ranges narrow while it starts small; these documents want all of them.
int any_below(int end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, end));
}

std::string any_value(int depth) {
  static const std::vector<std::string> scalars{"1",
                                                "0x1F",
                                                "2.5e3",
                                                "true",
                                                "\"x # y\"",
                                                "'li]t'",
                                                "\"\"\"a\nb = 1\n\"\"\"",
                                                "2026-11-23",
                                                "07:32:00",
                                                "1979-05-27 07:32:00Z",
                                                "inf",
                                                "\"ü\""};
  const int kind = depth > 3 ? 0 : any_below(6);
  if (kind <= 3) {
    return scalars[static_cast<std::size_t>(any_below(static_cast<int>(scalars.size())))];
  }
  std::string text = kind == 4 ? "[" : "{";
  const int count = any_below(4);
  for (int i = 0; i < count; ++i) {
    if (i > 0) text += kind == 4 && any_below(2) == 0 ? ",\n # c\n" : ", ";
    if (kind == 5) text += "k" + std::to_string(i) + " = ";
    text += any_value(depth + 1);
  }
  return text + (kind == 4 ? " ]" : " }");
}

std::string any_document() {
  const std::string line_break = any_below(2) == 0 ? "\n" : "\r\n";
  std::string text = any_below(2) == 0 ? "\xEF\xBB\xBF" : "";
  const int count = 1 + any_below(8);
  for (int i = 0; i < count; ++i) {
    switch (any_below(5)) {
      case 0:
        text += "# comment " + std::to_string(i) + line_break;
        break;
      case 1:
        text += "[t" + std::to_string(i) + "]" + line_break;
        break;
      case 2:
        text += "[[list]] # element" + line_break;
        break;
      default:
        text += "  key" + std::to_string(i) + (i % 2 == 0 ? "" : ".\"s ü\"") +
                "\t= " + any_value(0) + " # after" + line_break;
    }
  }
  return text;
}

RC_GTEST_PROP(TomlEdit, AValueReplacedByItsOwnTextRestoresTheBytes, ()) {
  const std::string text = any_document();
  const Parsed parsed = parse(text);
  RC_ASSERT(parsed.problems.empty());
  for (const auto& [pointer, node] : values_of(parsed.document)) {
    RC_ASSERT(apply(text, {replace_value(*node, source_of(text, *node))}) == text);
    RC_ASSERT(parsed.document.at(pointer) == node);
  }
}

RC_GTEST_PROP(TomlEdit, ANewValueChangesThatValueAndNothingElse, ()) {
  const std::string text = any_document();
  const Parsed before = parse(text);
  const auto values = values_of(before.document);
  for (const auto& [pointer, node] : values) {
    const std::string edited = apply(text, {replace_value(*node, "\"new\"")});
    const Parsed after = parse(edited);
    RC_ASSERT(after.problems.empty());
    RC_ASSERT(*after.document.at(pointer)->string() == "new");
    // Put back, everything is as it was; so nothing else can have changed.
    const Node& changed = *after.document.at(pointer);
    RC_ASSERT(apply(edited, {replace_value(changed, source_of(text, *node))}) == text);
    for (const auto& [other_pointer, other] : values) {
      const bool is_part = other_pointer.substr(0, pointer.size()) == pointer ||
                           pointer.substr(0, other_pointer.size()) == other_pointer;
      if (is_part) continue;
      RC_ASSERT(same_value(*other, *after.document.at(other_pointer)));
    }
  }
}

RC_GTEST_PROP(TomlReader, NeitherCutsNorStrayBytesUpsetIt, ()) {
  std::string text = any_document();
  text.resize(static_cast<std::size_t>(any_below(static_cast<int>(text.size()) + 1)));
  const auto strays = *rc::gen::container<std::vector<char>>(
      rc::gen::elementOf(std::string("[]{}=.,#\"'\n\r\\ \tab1-_:\x01\xC3")));
  for (const char stray : strays) {
    text.insert(static_cast<std::size_t>(any_below(static_cast<int>(text.size()) + 1)), 1, stray);
  }
  const Parsed parsed = parse(text);
  for (const Diagnostic& problem : parsed.problems) RC_ASSERT(problem.place.line >= 1);
  for (const auto& [pointer, node] : values_of(parsed.document)) {
    RC_ASSERT(node->span().end() <= text.size());
  }
}

}  // namespace
}  // namespace delian::io::toml
