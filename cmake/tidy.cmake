# clang-tidy for every target made from here on: all of them are ours, dependencies come in built.
if(DELIAN_TIDY)
  find_program(DELIAN_CLANG_TIDY NAMES clang-tidy-19 REQUIRED)
  set(CMAKE_CXX_CLANG_TIDY "${DELIAN_CLANG_TIDY};--quiet")
  # Generated sources lie below the build folder, where this file is the nearest.
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/.clang-tidy"
       CONTENT "# Generated sources are not held to the house style.\nChecks: '-*,misc-definitions-in-headers'\n")
endif()
