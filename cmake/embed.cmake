# delian_embed(TARGET NAMESPACE_FUNCTION FILE...): compiles text files into TARGET as string views, so
# that one binary carries its facts. The generated function returns {name, text} pairs in the order
# given; the name is the file's name without its ending.
function(delian_embed target function)
  set(source "${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp")
  set(script "${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake")
  set(files)
  foreach(file IN LISTS ARGN)
    list(APPEND files "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
  endforeach()
  add_custom_command(
    OUTPUT "${source}"
    COMMAND ${CMAKE_COMMAND} "-DFUNCTION=${function}" "-DOUTPUT=${source}" "-DFILES=${files}" -P "${script}"
    DEPENDS ${files} "${script}" VERBATIM)
  # Standards ask for literals of 65,536 characters only; every compiler we use takes longer ones.
  set_source_files_properties("${source}" PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
  target_sources(${target} PRIVATE "${source}")
endfunction()
