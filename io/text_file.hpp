#pragma once

#include <string>

namespace delian::io {

/// A text that somebody else has read, with the name under which to speak of it.
struct TextFile {
  std::string name;
  std::string text;
};

}  // namespace delian::io
