# snifter_optional(VARIABLE STUB SOURCE...): the sources of a part that a mini build does without, or the file
# that stands in for them.
macro(snifter_optional variable stub)
    if(SNIFTER_MINI)
        set(${variable} ${stub})
    else()
        set(${variable} ${ARGN})
    endif()
endmacro()

# snifter_kept_rows(FILE PATTERN TEXT KEPT): sets TEXT to a table without the rows whose key is not among
# KEPT. A row is a line that PATTERN matches; its key is what the parentheses of PATTERN match.
function(snifter_kept_rows file pattern text kept)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(STRINGS ${file} rows REGEX "${pattern}")
    file(READ ${file} all)
    foreach(row IN LISTS rows)
        string(REGEX REPLACE "${pattern}" "\\1" key "${row}")
        if(NOT key IN_LIST kept)
            string(REPLACE "${row}\n" "" all "${all}")
        endif()
    endforeach()
    set(${text} "${all}" PARENT_SCOPE)
endfunction()

# snifter_mini_table(MODULE FILE ROWS PATTERN KEPT...): in a mini build, makes a module include only some rows
# of FILE. ROWS is the file that the module includes, a mere #include of FILE; a shorter copy takes its place.
function(snifter_mini_table module file rows pattern)
    if(SNIFTER_MINI)
        snifter_kept_rows(${CMAKE_CURRENT_SOURCE_DIR}/${file} "${pattern}" text "${ARGN}")
        file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/mini/${module}/${rows} CONTENT "${text}" @ONLY)
        target_include_directories(snifter_${module} BEFORE PUBLIC ${CMAKE_CURRENT_BINARY_DIR}/mini)
    endif()
endfunction()

# What a mini build keeps: printers are named in mini.txt, and link types are those that they print.
set(SNIFTER_PRINTER_ROW "^[A-Z_]+\\(.*, *([a-z0-9_]+), *\"[^\"]*\"\\).*$")
set(SNIFTER_KEPT_PRINTERS "")
set(SNIFTER_KEPT_LINKTYPES "")
if(SNIFTER_MINI)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/print/mini.txt)
    file(STRINGS src/print/mini.txt SNIFTER_KEPT_PRINTERS REGEX "^[^#]")
    string(REGEX MATCHALL "[a-z0-9_]+" SNIFTER_KEPT_PRINTERS "${SNIFTER_KEPT_PRINTERS}")
    snifter_kept_rows(${PROJECT_SOURCE_DIR}/src/print/registry.def "${SNIFTER_PRINTER_ROW}" registry
        "${SNIFTER_KEPT_PRINTERS}")
    string(REGEX MATCHALL "LINK\\(LINKTYPE_[A-Z0-9_]+" SNIFTER_KEPT_LINKTYPES "${registry}")
    list(TRANSFORM SNIFTER_KEPT_LINKTYPES REPLACE "LINK.LINKTYPE_" "")
endif()

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
    if(SNIFTER_HOT_FLAGS AND NOT SNIFTER_MINI)
        set_source_files_properties(${M_HOT} PROPERTIES COMPILE_OPTIONS "${SNIFTER_HOT_FLAGS}")
    endif()
    list(TRANSFORM M_NEEDS PREPEND snifter_)
    target_link_libraries(snifter_${name} PUBLIC ${M_NEEDS})
    if(M_SYSTEM)
        target_compile_definitions(snifter_${name} PRIVATE _GNU_SOURCE)
    endif()
endfunction()
