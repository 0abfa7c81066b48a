# Checks of sources and documentation, label `checks`. Each can fail: tests/tools/test_checks.py.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(tools "${PROJECT_SOURCE_DIR}/tools")

# delian_check(NAME COMMAND...)
function(delian_check name)
  add_test(NAME checks.${name} COMMAND ${ARGN})
  set_tests_properties(checks.${name} PROPERTIES LABELS checks ENVIRONMENT PYTHONDONTWRITEBYTECODE=1)
endfunction()

set(python "${Python3_EXECUTABLE}")
delian_check(self_test "${python}" "${CMAKE_CURRENT_SOURCE_DIR}/tools/test_checks.py")
delian_check(layers "${python}" "${tools}/check_layers.py" "${PROJECT_SOURCE_DIR}")
delian_check(version "${python}" "${tools}/check_version.py" "${PROJECT_SOURCE_DIR}")
delian_check(docs "${python}" "${tools}/check_docs.py" "${PROJECT_SOURCE_DIR}" --binary $<TARGET_FILE:delian_cli>)
delian_check(examples "${python}" "${tools}/check_readme.py" $<TARGET_FILE:delian_cli> "${PROJECT_SOURCE_DIR}")
if(NOT DELIAN_SANITIZE)
  # Sanitizers bring their own undefined symbols.
  delian_check(no_io "${python}" "${tools}/check_no_io.py" "${PROJECT_SOURCE_DIR}"
               $<TARGET_FILE:delian> $<TARGET_FILE:delian_io>)
endif()

# data/sea/links.bin is what its tool makes of the facts and the coast.
delian_check(sea_links $<TARGET_FILE:delian_sea_links> "${PROJECT_SOURCE_DIR}/data/sea" --check)

# Each public header compiles alone.
delian_check(headers "${CMAKE_COMMAND}" --build "${PROJECT_BINARY_DIR}" --target all_verify_interface_header_sets)

# The JSON of an answer against its published schema. Without Node it says that it is skipped.
delian_check(schema "${CMAKE_COMMAND}" "-DFOLDER=${CMAKE_CURRENT_SOURCE_DIR}/schema"
             "-DBINARY=$<TARGET_FILE:delian_cli>" -P "${CMAKE_CURRENT_SOURCE_DIR}/schema/run.cmake")
set_tests_properties(checks.schema PROPERTIES SKIP_REGULAR_EXPRESSION "SKIPPED: ")
