# One interface target carries every flag of our own code. Dependencies come in as SYSTEM.
add_library(delian_flags INTERFACE)
target_compile_options(delian_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  # The same bits everywhere: no fused multiply-add behind our back. The other two change no value
  # and let guarded loops vectorise.
  -ffp-contract=off -fno-math-errno -fno-trapping-math)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # False alarms on adding strings (GCC bug 105651, mended in 13).
  target_compile_options(delian_flags INTERFACE -Wno-restrict)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # std::stable_sort of libstdc++ 12 uses what libstdc++ 12 has deprecated.
  target_compile_options(delian_flags INTERFACE -Wno-deprecated-declarations)
endif()
if(DELIAN_DEVELOPER)
  target_compile_options(delian_flags INTERFACE -Werror)
endif()
if(DELIAN_SANITIZE)
  target_compile_options(delian_flags INTERFACE -fsanitize=${DELIAN_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all)
  target_link_options(delian_flags INTERFACE -fsanitize=${DELIAN_SANITIZE})
endif()
if(DELIAN_FUZZ)
  target_compile_options(delian_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
