# Script: print the size of ${file}.
file(SIZE ${file} bytes)
execute_process(COMMAND ${CMAKE_COMMAND} -E echo "${file}: ${bytes} bytes")
