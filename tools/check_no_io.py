#!/usr/bin/env python3
"""The libraries open no file, read no clock, print nothing and throw nothing of their own.

usage: check_no_io.py ROOT ARCHIVE...

Reads the undefined symbols of each archive (nm -C); names are compared after demangling, without
their version and parameter list.

Exceptions: containers refer to std::__throw_* functions, which count as the standard library's own.
fmt, nlohmann-json and Eigen come in as headers, so an object that uses them may refer to __cxa_throw; any
other may not, and none may throw a type of ours. Since an object file cannot show who wrote a
throw, our sources (include, src, io) must also be free of `throw`, `try` and `catch`.
"""

import re
import subprocess
import sys
from pathlib import Path

C_FUNCTIONS = {
    # files
    "open", "open64", "openat", "creat", "fopen", "fopen64", "freopen", "fdopen", "fclose", "read",
    "write", "pread", "pwrite", "fread", "fwrite", "fgets", "fputs", "fputc", "putc", "puts",
    "putchar", "getc", "getchar", "fflush", "remove", "unlink", "rename", "mkstemp", "tmpfile",
    "stat", "lstat", "fstat", "opendir", "readdir", "mmap",
    # output
    "printf", "vprintf", "fprintf", "vfprintf", "__printf_chk", "__fprintf_chk", "__vfprintf_chk",
    "perror", "syslog", "stdout", "stderr", "stdin",
    # clocks
    "time", "clock", "gettimeofday", "clock_gettime", "localtime", "localtime_r", "gmtime",
    "nanosleep", "sleep", "usleep",
    # environment, processes, network
    "getenv", "secure_getenv", "setenv", "environ", "system", "fork", "execve", "popen", "socket",
    "connect", "signal", "sigaction", "rand", "srand", "random", "getrandom",
    # locale: changes how numbers are read and written
    "setlocale",
}
CXX_PREFIXES = (
    "std::basic_fstream", "std::basic_ifstream", "std::basic_ofstream", "std::basic_filebuf",
    "std::cout", "std::cerr", "std::clog", "std::cin", "std::wcout", "std::wcerr", "std::wclog",
    "std::chrono::_V2::", "std::chrono::system_clock", "std::chrono::steady_clock",
    "std::filesystem::", "std::random_device", "std::this_thread::", "std::ios_base::Init",
)

# What header-only fmt refers to by itself: its functions that print are compiled along, not called.
FMT_OWN = {"fwrite", "stdout"}

# Libraries that come in as headers and throw where memory ends or a format is wrong.
HEADERS_THAT_THROW = ("fmt::v", "nlohmann::", "Eigen::")

STANDARD_TYPES = re.compile(r"^(typeinfo|vtable) for (std::|fmt::|nlohmann::|__)")


def bare(symbol):
    """'open64@GLIBC_2.2.5' -> 'open64'; 'std::cout@@GLIBCXX' -> 'std::cout'."""
    return symbol.split("@")[0].strip()


def forbidden(symbol):
    name = bare(symbol)
    if name in C_FUNCTIONS:
        return True
    return name.startswith(CXX_PREFIXES)


def parse_nm(text):
    """{object file: ([undefined symbols], [defined symbols])} of `nm -C` output."""
    objects = {}
    current = "?"
    for line in text.splitlines():
        header = re.match(r"^(?:.*[(/ ])?([^(/ ]+\.o(?:bj)?)\)?:$", line)
        if header:
            current = header.group(1)
            objects.setdefault(current, ([], []))
            continue
        match = re.match(r"^\s*([0-9a-fA-F]*)\s+([A-Za-z])\s+(.*)$", line)
        if not match:
            continue
        undefined, defined = objects.setdefault(current, ([], []))
        (undefined if match.group(2) in "Uw" and not match.group(1) else defined).append(
            match.group(3))
    return objects


def check_objects(objects):
    for name, (undefined, defined) in sorted(objects.items()):
        uses_fmt = any("fmt::v" in symbol for symbol in undefined + defined)
        for symbol in undefined:
            if not forbidden(symbol):
                continue
            if uses_fmt and bare(symbol) in FMT_OWN:
                continue
            yield f"{name}: uses {bare(symbol)}"
        if "__cxa_throw" in map(bare, undefined):
            thrown = [s for s in undefined + defined
                      if s.startswith("typeinfo for ") and not STANDARD_TYPES.match(s)
                      and "{lambda(" not in s]  # what std::function asks of its own
            if thrown:
                yield f"{name}: throws, perhaps {thrown[0].removeprefix('typeinfo for ')}"
            elif not any(library in symbol for library in HEADERS_THAT_THROW
                         for symbol in undefined + defined):
                yield f"{name}: throws"


def check(archive):
    listing = subprocess.run(["nm", "-C", archive], check=True, capture_output=True, text=True)
    objects = parse_nm(listing.stdout)
    if not objects:
        yield f"{archive}: no objects found"
    for problem in check_objects(objects):
        yield f"{archive.rsplit('/', 1)[-1]}: {problem}"


# Comments, raw and plain strings, and characters, so that words in them do not count.
NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.DOTALL)


def check_source(name, text):
    code = NOT_CODE.sub(lambda match: "\n" * match.group().count("\n"), text)
    for number, line in enumerate(code.splitlines(), 1):
        for word in re.findall(r"\b(throw|try|catch)\b", line):
            yield f"{name}:{number}: `{word}`; bad input is a value here (Expected)"


def check_sources(root):
    for folder in ("include", "src", "io"):
        for path in sorted((Path(root) / folder).rglob("*.?pp")):
            yield from check_source(path.relative_to(root), path.read_text(encoding="utf-8"))


def main(arguments):
    if len(arguments) < 2:
        print(__doc__)
        return 2
    root, *archives = arguments
    problems = list(check_sources(root))
    problems += [problem for archive in archives for problem in check(archive)]
    for problem in problems:
        print(problem)
    print(f"no input, output or exceptions in {len(archives)} archives: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
