# snifter_optional(VARIABLE STUB SOURCE...): the sources of a part that a mini build does without, or the file
# that stands in for them.
macro(snifter_optional variable stub)
    if(SNIFTER_MINI)
        set(${variable} ${stub})
    else()
        set(${variable} ${ARGN})
    endif()
endmacro()

# snifter_module(NAME [SYSTEM] [NEEDS module...] [HOT file...] SOURCES file...)
# One static library per module: target snifter_NAME. A caller links the module and gets what it needs.
# NEEDS names modules of floors below; lint.layers checks the #include lines against the same floors.
# HOT names those of the sources that run for every packet: what users get is compiled for size, these for
# speed, but in a mini build, where flash is what is short.
# SYSTEM marks the few modules that may call the operating system (all others are pure).
function(snifter_module name)
    cmake_parse_arguments(M "SYSTEM" "" "SOURCES;NEEDS;HOT" ${ARGN})
    add_library(snifter_${name} STATIC ${M_SOURCES})
    target_include_directories(snifter_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    if(NOT SNIFTER_MINI)
        set_source_files_properties(${M_HOT} PROPERTIES COMPILE_OPTIONS "$<$<CONFIG:Release>:-O2>")
    endif()
    list(TRANSFORM M_NEEDS PREPEND snifter_)
    target_link_libraries(snifter_${name} PUBLIC ${M_NEEDS})
    if(M_SYSTEM)
        target_compile_definitions(snifter_${name} PRIVATE _GNU_SOURCE)
    endif()
endfunction()
