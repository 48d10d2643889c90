# snifter_kernel_headers(DIR TRIPLE): fill DIR with links to the kernel's header directories and nothing
# else. Pointing a compiler for musl at /usr/include would offer it glibc's headers as well.
function(snifter_kernel_headers dir triple)
    # Debian spells x86 triples with i386 in its multiarch directories, whatever gcc says.
    string(REGEX REPLACE "^i[4-6]86" "i386" multiarch ${triple})
    foreach(name linux asm asm-generic)
        set(found "")
        foreach(root /usr/${triple}/include /usr/include/${multiarch} /usr/include)
            if(NOT found AND IS_DIRECTORY ${root}/${name})
                set(found ${root}/${name})
            endif()
        endforeach()
        if(NOT found)
            message(FATAL_ERROR "kernel headers not found: ${name}/"
                " (Debian: linux-libc-dev, Alpine: linux-headers)")
        endif()
        file(MAKE_DIRECTORY ${dir})
        if(NOT EXISTS ${dir}/${name})
            file(CREATE_LINK ${found} ${dir}/${name} SYMBOLIC)
        endif()
    endforeach()
endfunction()
