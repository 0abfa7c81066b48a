#include "cli/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "io/atlas.hpp"

namespace delian::cli {
namespace {

constexpr std::size_t most_bytes = (std::size_t{4} << 20) + 1;

std::string reason(int error) {
  return std::generic_category().message(error);
}

/// Closes the descriptor on every way out.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

FileRead read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return {std::nullopt, reason(errno)};
  std::string text;
  std::string buffer(std::size_t{1} << 16, '\0');
  while (text.size() < most_bytes) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return {std::nullopt, reason(errno)};
    if (count == 0) break;
    text.append(buffer, 0, static_cast<std::size_t>(count));
  }
  return {std::move(text), {}};
}

std::string write_file(const std::string& path, const std::string& text) {
  std::string temporary = path + ".XXXXXX";
  const int fd = ::mkstemp(temporary.data());
  if (fd < 0) return reason(errno);
  std::string error;
  {
    const Descriptor file(fd);
    // mkstemp makes the file private; a result is as readable as any new file, or as the old one.
    struct stat old{};
    const mode_t mask = ::umask(0);
    ::umask(mask);
    const mode_t mode = ::stat(path.c_str(), &old) == 0 ? old.st_mode & 07777 : 0666 & ~mask;
    if (::fchmod(fd, mode) != 0) error = reason(errno);
    std::size_t written = 0;
    while (error.empty() && written < text.size()) {
      const ssize_t count = ::write(fd, text.data() + written, text.size() - written);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) error = reason(errno);
      if (count > 0) written += static_cast<std::size_t>(count);
    }
    if (error.empty() && ::fsync(fd) != 0) error = reason(errno);
  }
  if (error.empty() && ::rename(temporary.c_str(), path.c_str()) != 0) error = reason(errno);
  if (!error.empty()) ::unlink(temporary.c_str());
  return error;
}

bool file_exists(const std::string& path) {
  struct stat info{};
  return ::lstat(path.c_str(), &info) == 0;
}

LoadedScenario load_scenario(const std::string& path) {
  LoadedScenario loaded;
  const FileRead main = read_file(path);
  if (!main.text) {
    Diagnostic problem = diagnose("E011", "", "cannot read " + path + ": " + main.error);
    problem.place.file = path;
    loaded.file.problems.push_back(std::move(problem));
    return loaded;
  }
  loaded.texts.push_back({path, *main.text});
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  for (const std::string& name : io::evidence_file_names(*main.text)) {
    const std::string evidence_path = (folder / name).string();
    // A file that cannot be read is missing to the reader, which says where it is named.
    if (FileRead evidence = read_file(evidence_path); evidence.text) {
      loaded.texts.push_back({evidence_path, *std::move(evidence.text)});
    }
  }
  loaded.file =
      io::parse_scenario(loaded.texts.front(), std::span(loaded.texts).subspan(1), io::atlas());
  return loaded;
}

}  // namespace delian::cli
