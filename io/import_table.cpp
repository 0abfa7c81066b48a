#include "io/import_table.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "io/import_formats.hpp"
#include "io/toml_text.hpp"
#include "src/domain/text.hpp"

namespace delian::io {
namespace {

constexpr std::size_t most_bytes = std::size_t{4} << 20U;

/// Is it a text at all?
Diagnostics check_texts(std::span<const TextFile> files) {
  ProblemList problems;
  std::vector<std::string_view> names;
  for (std::size_t k = 0; k < files.size(); ++k) {
    const std::string& text = files[k].text;
    names.push_back(files[k].name);
    const int file = static_cast<int>(k);
    if (text.size() > most_bytes) {
      problems.add("E002", {file, 0, 0, 0}, "the file is larger than 4 MiB",
                   "A table of actors is far smaller; is this the right file?");
    } else if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
      problems.add("E001", {file, 1, 1, 1}, "the file is UTF-16, not UTF-8",
                   "Save it as \"CSV UTF-8\".");
    } else if (const auto bad = toml::first_not_utf8(text)) {
      toml::Locator locator(text);
      const toml::Span span = locator.span(*bad, *bad + 1);
      problems.add("E001", {file, span.line, span.column, 1}, "this byte is not UTF-8",
                   "Save the file as \"CSV UTF-8\".");
    } else if (text.find('\0') != std::string::npos) {
      toml::Locator locator(text);
      const std::size_t at = text.find('\0');
      const toml::Span span = locator.span(at, at + 1);
      problems.add("E511", {file, span.line, span.column, 1}, "a control character stands here",
                   "Is this file a text?");
    }
  }
  return problems.take(names);
}

struct Reader {
  bool (*looks_like)(std::string_view);
  Expected<ImportedTable> (*read)(std::span<const TextFile>, const ImportOptions&);
  TableFormat format;
};

// In the order in which they are tried: what is told apart by a mark of its own comes first.
constexpr std::array readers{
    Reader{looks_like_ktab_xml, read_ktab_xml, TableFormat::ktab_xml},
    Reader{looks_like_decide, read_decide, TableFormat::decide},
    Reader{looks_like_deu, read_deu, TableFormat::deu},
    Reader{looks_like_ktab_csv, read_ktab_csv, TableFormat::ktab_csv},
    Reader{looks_like_plain, read_plain, TableFormat::plain},
};

Expected<ImportedTable> not_recognised(std::span<const TextFile> files) {
  ProblemList problems;
  std::vector<std::string_view> names;
  for (const TextFile& file : files) names.push_back(file.name);
  if (files.empty()) names.emplace_back();
  const auto lines =
      files.empty() ? std::vector<std::string_view>{} : first_records(files.front().text, 1);
  problems.add("E510", {},
               lines.empty() ? "the file holds no table" : "no form of table is recognised",
               "The plain form starts with a line such as \"actor,position,salience,capability\"; "
               "--format takes another form as read.",
               {"Forms: plain, ktab-csv, ktab-xml, decide, deu (docs/import.md)."});
  return tl::unexpected(problems.take(names));
}

}  // namespace

std::string_view table_format_title(TableFormat format) {
  switch (format) {
    case TableFormat::plain:
      return "plain table";
    case TableFormat::ktab_csv:
      return "KTAB CSV";
    case TableFormat::ktab_xml:
      return "KTAB XML";
    case TableFormat::decide:
      return "Decide";
    case TableFormat::deu:
      break;
  }
  return "DEU";
}

char delimiter_of(std::string_view line) {
  std::array<std::size_t, 3> counts{};
  constexpr std::string_view marks = ",;\t";
  bool in_quotes = false;
  for (const char c : line) {
    if (c == '"') in_quotes = !in_quotes;
    const std::size_t mark = marks.find(c);
    if (!in_quotes && mark != std::string_view::npos) ++counts[mark];
  }
  return marks[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) -
                                        counts.begin())];
}

void note_delimiter(TableBuilder& builder, char delimiter) {
  if (delimiter == ';') builder.note(ReadingStep::semicolons);
  if (delimiter == '\t') builder.note(ReadingStep::tabs);
}

std::string header_word(std::string_view text) {
  std::string word;
  for (char c : csv::trimmed(text)) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const bool gap = c == ' ' || c == '-' || c == '_';
    if (!gap) word += c;
    if (gap && !word.ends_with('_')) word += '_';
  }
  return word;
}

std::vector<std::string_view> first_records(std::string_view text, std::size_t count) {
  std::vector<std::string_view> found;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty() && found.size() < count) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::string_view inner = csv::trimmed(line);
    if (!inner.empty() && !inner.starts_with('#')) found.push_back(line);
  }
  return found;
}

Expected<ImportedTable> read_actor_table(std::span<const TextFile> files,
                                         const ImportOptions& options) {
  if (Diagnostics problems = check_texts(files); !problems.empty()) {
    return tl::unexpected(std::move(problems));
  }
  for (const Reader& reader : readers) {
    const bool chosen = options.format
                            ? *options.format == reader.format
                            : std::any_of(files.begin(), files.end(), [&](const TextFile& file) {
                                return reader.looks_like(file.text);
                              });
    if (chosen && !files.empty()) return reader.read(files, options);
  }
  return not_recognised(files);
}

std::string to_json(const ImportedTable& imported, std::string_view source) {
  using Json = nlohmann::ordered_json;
  const ActorTable& table = imported.table;
  Json issues = Json::array();
  for (const Issue& issue : table.issues()) {
    Json object{{"id", issue.id},    {"title", issue.title}, {"group", issue.group},
                {"low", issue.low},  {"high", issue.high},   {"reversion", nullptr},
                {"outcome", nullptr}};
    if (issue.reversion) object["reversion"] = *issue.reversion;
    if (issue.outcome) object["outcome"] = *issue.outcome;
    issues.push_back(std::move(object));
  }
  Json stands = Json::array();
  for (std::size_t i = 0; i < table.actors().size(); ++i) {
    for (std::size_t k = 0; k < table.issues().size(); ++k) {
      const auto& stand = table.stand(i, k);
      if (!stand) continue;
      stands.push_back({{"actor", table.actors()[i]},
                        {"issue", table.issues()[k].id},
                        {"position", stand->position},
                        {"salience", stand->salience},
                        {"capability", stand->capability}});
    }
  }
  Json notes = Json::array();
  for (const ReadingNote& note : imported.notes) notes.push_back(sentence(note, Language::en));
  Json warnings = Json::array();
  for (const Diagnostic& warning : imported.warnings) {
    warnings.push_back({{"code", warning.code},
                        {"line", warning.place.line},
                        {"message", warning.message},
                        {"fix", warning.fix}});
  }
  const Json json{
      {"format", "delian-table/1"},
      {"source", source},
      {"read_as", table_format_names[static_cast<std::size_t>(imported.format)]},
      {"title", table.title()},
      {"actors", std::vector<std::string>(table.actors().begin(), table.actors().end())},
      {"issues", issues},
      {"stands", stands},
      {"reading", notes},
      {"warnings", warnings}};
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + '\n';
}

}  // namespace delian::io
