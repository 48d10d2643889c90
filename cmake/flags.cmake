# Compiler and linker flags. They are set per directory, so every target of the tree has them.
# SNIFTER_RUNTIME_SYMBOLS collects the symbol patterns that the chosen instrumentation adds to each
# object; lint.purity allows these and no others.
include(CheckCCompilerFlag)
include(CheckLinkerFlag)

set(SNIFTER_RUNTIME_SYMBOLS "")

function(add_flag_if_known flag)
    string(MAKE_C_IDENTIFIER "HAVE${flag}" known)
    check_c_compiler_flag(${flag} ${known})
    if(${known})
        add_compile_options(${flag})
    endif()
endfunction()

function(add_link_flag_if_known flag)
    string(MAKE_C_IDENTIFIER "HAVE_LINK${flag}" known)
    check_linker_flag(C ${flag} ${known})
    if(${known})
        add_link_options(${flag})
    endif()
endfunction()

# Files beyond 2 GiB and times beyond 2038 on 32-bit machines too.
add_compile_definitions(_FILE_OFFSET_BITS=64 _TIME_BITS=64)

add_compile_options(-Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes
    -Wold-style-definition -Wpointer-arith -Wvla -Wformat=2 -Wundef -Wwrite-strings -Wcast-qual
    -Wimplicit-fallthrough)
add_flag_if_known(-Wlogical-op)
add_flag_if_known(-Wduplicated-cond)
if(SNIFTER_WERROR)
    add_compile_options(-Werror)
endif()

# No aliasing surprises in code that reads packets, and no executable stack whatever the toolchain's default.
add_compile_options(-fno-strict-aliasing -fno-common)
# Paths of the machine must not reach the binary: two checkouts give the same file.
add_compile_options(-ffile-prefix-map=${PROJECT_BINARY_DIR}=build -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
add_link_options(-Wl,-z,noexecstack)
if(CMAKE_C_COMPILER_ID MATCHES "Clang")
    # It would turn memcmp() == 0 into bcmp(), which is not among the functions that the core may need.
    add_compile_options(-fno-builtin-bcmp)
endif()

if(SNIFTER_SANITIZE)
    add_compile_options(-fsanitize=${SNIFTER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${SNIFTER_SANITIZE})
    list(APPEND SNIFTER_RUNTIME_SYMBOLS "__asan_*" "__ubsan_*" "__sanitizer_*" "__odr_asan*")
endif()

if(SNIFTER_COVERAGE)
    add_compile_options(--coverage)
    add_link_options(--coverage)
    list(APPEND SNIFTER_RUNTIME_SYMBOLS "__gcov_*" "llvm_*")
endif()

if(SNIFTER_FUZZ)
    if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
        message(FATAL_ERROR "the fuzz preset needs clang, for libFuzzer")
    endif()
    add_compile_options(-fsanitize=fuzzer-no-link)
    list(APPEND SNIFTER_RUNTIME_SYMBOLS "__sanitizer_*" "__sancov_*" "__start___sancov*" "__stop___sancov*")
endif()

if(SNIFTER_STATIC AND NOT CMAKE_BUILD_TYPE STREQUAL "Release")
    add_link_options(-static)
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
    # base/check.h: assertions are active in every build but this one.
    add_compile_definitions(SNIFTER_RELEASE)
    add_compile_options(-ffunction-sections -fdata-sections)
    if(SNIFTER_MINI)
        add_compile_definitions(SNIFTER_MINI)
    endif()
    set(SNIFTER_HOT_FLAGS -O2)
    add_flag_if_known(-Oz) # smaller than -Os by a fiftieth; gcc knows it since version 12
    if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
        # The hot path crosses files for every packet: a tenth of the time of printing.
        add_compile_options(-flto -ffat-lto-objects)
        # Steps of -Oz that make code longer, measured: a hundredth. HOT files turn them on again.
        add_compile_options(-fno-tree-sra -fno-tree-ch -fno-tree-loop-im -fno-move-loop-invariants
            -fno-inline-small-functions)
        set(SNIFTER_HOT_FLAGS -O2 -ftree-sra -ftree-ch -ftree-loop-im -fmove-loop-invariants
            -finline-small-functions)
        add_link_options(-flto -flto-partition=one) # one part, so that all functions may be shared
    endif()
    # C needs no unwind tables at run time; a debugger finds its own in snifter.debug.
    add_compile_options(-fPIE -fno-asynchronous-unwind-tables -fno-unwind-tables)
    add_link_options(-fno-asynchronous-unwind-tables -fno-unwind-tables) # code is made when linking, too
    add_link_options(-Wl,--gc-sections -Wl,-z,relro -Wl,-z,now)
    if(SNIFTER_STATIC)
        add_link_options(-static-pie)
        # Constants stand on the pages of the code, which is not writable either: no filling between them.
        add_link_flag_if_known(-Wl,-z,noseparate-code)
    else()
        add_link_options(-pie)
    endif()
    # For functions with arrays of characters.  The strong variant adds those that hand out the address of a
    # local variable, such as a view: a hundredth of the text, for code that cannot index them.
    add_flag_if_known(-fstack-protector)
    list(APPEND SNIFTER_RUNTIME_SYMBOLS "__stack_chk_fail" "__stack_chk_guard")
    # glibc has the checked variants; musl ignores the macro. Some distributions predefine it.
    add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
