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

/// Where a symbolic link leads in the end, also when nothing is there yet; any other path itself.
std::string link_target(const std::string& path) {
  constexpr int most_links = 40;  // as the kernel
  std::filesystem::path target(path);
  std::error_code error;
  for (int k = 0; k < most_links && std::filesystem::is_symlink(target, error); ++k) {
    const std::filesystem::path next = std::filesystem::read_symlink(target, error);
    if (error) break;
    target = target.parent_path() / next;  // an absolute link replaces the folder
  }
  return target.string();
}

/// For pipes and devices, which cannot be replaced.
std::string write_in_place(const std::string& path, const std::string& text) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
  return file.get() < 0 ? reason(errno) : write_descriptor(file.get(), text);
}

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

std::string write_descriptor(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return reason(errno);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

std::string write_file(const std::string& path, const std::string& text) {
  struct stat old{};
  const bool exists = ::stat(path.c_str(), &old) == 0;
  if (!exists && errno != ENOENT) return reason(errno);
  if (exists && !S_ISREG(old.st_mode)) return write_in_place(path, text);

  const std::string target = link_target(path);
  std::string temporary = target + "." + std::string(6, 'X');
  const int fd = ::mkstemp(temporary.data());
  if (fd < 0) return reason(errno);
  std::string error;
  {
    const Descriptor file(fd);
    // mkstemp makes the file private; a result is as readable as any new file, or as the old one.
    const mode_t mask = ::umask(0);
    ::umask(mask);
    const mode_t mode = exists ? old.st_mode & 07777 : 0666 & ~mask;
    if (::fchmod(fd, mode) != 0) error = reason(errno);
    if (error.empty()) error = write_descriptor(fd, text);
    if (error.empty() && ::fsync(fd) != 0) error = reason(errno);
  }
  if (error.empty() && ::rename(temporary.c_str(), target.c_str()) != 0) error = reason(errno);
  if (!error.empty()) ::unlink(temporary.c_str());
  return error;
}

bool same_file(const std::string& a, const std::string& b) {
  struct stat first{};
  struct stat second{};
  return ::stat(a.c_str(), &first) == 0 && ::stat(b.c_str(), &second) == 0 &&
         first.st_dev == second.st_dev && first.st_ino == second.st_ino;
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
