// KTAB, Spatial Model of Politics, XML (lsyaseen/KTAB, examples/smp/doc/smpSchema.xsd). Positions
// and saliences run from 0 to 100. pugixml reads no document type and expands no entity of the
// file's own, so that a text cannot grow.

#include <algorithm>
#include <pugixml.hpp>

#include "io/import_formats.hpp"
#include "io/table_builder.hpp"
#include "io/toml_text.hpp"
#include "src/domain/text.hpp"

namespace delian::io {
namespace {

class KtabXmlReader {
 public:
  KtabXmlReader(std::span<const TextFile> files, const ImportOptions& options)
      : builder_(files, options, TableFormat::ktab_xml),
        text_(builder_.file().text),
        locator_(text_) {}

  Expected<ImportedTable> read() {
    pugi::xml_document document;
    const pugi::xml_parse_result parsed =
        document.load_buffer(text_.data(), text_.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!parsed) {
      builder_.problems().add("E511", mark(parsed.offset, 1),
                              std::string("this is no well-formed XML: ") + parsed.description(),
                              "Look for a tag that is not closed, or a bare < or &.");
      return builder_.finish();
    }
    const pugi::xml_node scenario = document.document_element();
    if (std::string_view(scenario.name()) != "Scenario") {
      builder_.problems().add(
          "E510", mark(scenario),
          std::string("the outermost element is <") + shown(scenario.name()) + ">, not <Scenario>",
          "This form reads KTAB's own files; --format takes another form.");
      return builder_.finish();
    }
    if (const pugi::xml_node name = scenario.child("name")) builder_.set_title(field(name).text);
    builder_.set_scale(Scale{0, 100}, ReadingStep::scale_by_format);
    builder_.set_salience_top(100);
    if (const pugi::xml_node dimensions = only(scenario, "Dimensions")) {
      read_dimensions(dimensions);
    }
    if (const pugi::xml_node actors = only(scenario, "Actors")) {
      std::size_t count = 0;
      for (const pugi::xml_node actor : actors.children("Actor")) {
        if (count++ > most_actors) break;  // the builder has told of it
        read_actor(actor);
      }
    }
    note_what_is_left(scenario);
    return builder_.finish();
  }

 private:
  Mark mark(std::ptrdiff_t offset, int length) {
    const std::size_t at =
        std::min(static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)), text_.size());
    const toml::Span span = locator_.span(at, at);
    return {0, span.line, span.column, length};
  }

  /// The name of an element.
  Mark mark(const pugi::xml_node& node) {
    return mark(node.offset_debug(), toml::count_code_points(node.name()));
  }

  /// What an element holds, at its place; an empty element is pointed at itself.
  csv::Field field(const pugi::xml_node& node) {
    const pugi::xml_node inner = node.first_child();
    csv::Field found{TableBuilder::one_line(inner.value()), mark(node)};
    if (inner.next_sibling() || inner.type() == pugi::node_element) {
      builder_.problems().add("E511", found.mark,
                              std::string("<") + node.name() + "> holds more than one text",
                              "It holds a name or a number and nothing else.");
    }
    // The parser lets through what XML forbids, and a reference may stand for anything.
    if (std::any_of(found.text.begin(), found.text.end(), toml::is_control)) {
      builder_.problems().add("E511", found.mark,
                              std::string("a control character stands in <") + node.name() + ">",
                              "Take it out.");
    }
    if (found.text.empty()) return found;
    const std::size_t start = text_.find_first_not_of(
        " \t\r\n", static_cast<std::size_t>(std::max<std::ptrdiff_t>(inner.offset_debug(), 0)));
    found.mark = mark(static_cast<std::ptrdiff_t>(std::min(start, text_.size())),
                      toml::count_code_points(found.text));
    return found;
  }

  /// The child of that name, of which there is exactly one.
  pugi::xml_node only(const pugi::xml_node& parent, const char* name) {
    const pugi::xml_node child = parent.child(name);
    if (!child) {
      builder_.problems().add("E512", mark(parent),
                              std::string("<") + parent.name() + "> has no <" + name + ">",
                              std::string("Add <") + name + ">.");
    } else if (const pugi::xml_node second = child.next_sibling(name)) {
      builder_.problems().add("E512", mark(second),
                              std::string("<") + parent.name() + "> has two <" + name + ">",
                              "Keep one.");
    }
    return child;
  }

  void read_dimensions(const pugi::xml_node& dimensions) {
    for (const pugi::xml_node dimension : dimensions.children("dName")) {
      const csv::Field id = field(dimension);
      if (builder_.find_issue(id.text)) {
        builder_.problems().add("E502", id.mark, "two dimensions are called " + quoted(id.text),
                                "Give each a name of its own.");
      }
      issues_.push_back(builder_.issue(id));
      if (issues_.size() > most_issues) break;  // the builder has told of it
    }
    if (issues_.empty()) {
      builder_.problems().add("E512", mark(dimensions), "<Dimensions> has no <dName>",
                              "Name each dimension in an element of its own.");
    }
  }

  /// One number for each dimension.
  std::vector<csv::Field> numbers(const pugi::xml_node& actor, const std::string& name,
                                  const char* list, const char* item) {
    std::vector<csv::Field> found;
    const pugi::xml_node node = only(actor, list);
    if (!node) return found;
    for (const pugi::xml_node child : node.children(item)) found.push_back(field(child));
    if (found.size() != issues_.size()) {
      builder_.problems().add("E515", mark(node),
                              quoted(name) + " has " + std::to_string(found.size()) + " <" + item +
                                  ">, and there are " + std::to_string(issues_.size()) +
                                  " dimensions",
                              "Give one for each dimension.");
      found.clear();
    }
    return found;
  }

  void read_actor(const pugi::xml_node& node) {
    const pugi::xml_node name_node = only(node, "name");
    const csv::Field name = name_node ? field(name_node) : csv::Field{{}, mark(node)};
    const pugi::xml_node capability_node = only(node, "capability");
    const csv::Field capability =
        capability_node ? field(capability_node) : csv::Field{{}, mark(node)};
    const auto positions = numbers(node, name.text, "Position", "dCoord");
    const auto saliences = numbers(node, name.text, "Salience", "dSal");
    has_descriptions_ = has_descriptions_ || *node.child_value("description") != '\0';
    if (!name_node) return;
    const bool twice = builder_.find_actor(name.text).has_value();
    const auto actor = builder_.actor(name);
    if (twice) {
      builder_.problems().add("E502", name.mark, quoted(name.text) + " stands twice",
                              "Keep one of the two.");
      return;
    }
    if (!actor || !capability_node || positions.empty() || saliences.empty()) return;
    for (std::size_t k = 0; k < issues_.size(); ++k) {
      if (issues_[k]) {
        builder_.stand(*actor, *issues_[k], {positions[k], saliences[k], capability, {}});
      }
    }
  }

  void note_what_is_left(const pugi::xml_node& scenario) {
    std::vector<std::string> left;
    for (const pugi::xml_node node : scenario.children()) {
      const std::string name = node.name();
      if (name.empty() || name == "name" || name == "Dimensions" || name == "Actors") continue;
      if (std::find(left.begin(), left.end(), name) == left.end() && left.size() < 10) {
        left.push_back(name);
      }
    }
    if (has_descriptions_) left.emplace_back("description");
    if (!left.empty()) builder_.note(ReadingStep::parts_not_read, list_of(left, ", "));
  }

  TableBuilder builder_;
  std::string_view text_;
  toml::Locator locator_;
  std::vector<std::optional<std::size_t>> issues_;
  bool has_descriptions_ = false;
};

}  // namespace

bool looks_like_ktab_xml(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '<';
}

Expected<ImportedTable> read_ktab_xml(std::span<const TextFile> files,
                                      const ImportOptions& options) {
  return KtabXmlReader(files, options).read();
}

}  // namespace delian::io
