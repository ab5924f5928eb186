# Compiler and linker settings that every target of the project shares.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)

option(ONSALE_SANITIZE "Sanitizers to build with, separated by commas (address,undefined or thread)" "")

find_program(ONSALE_CCACHE ccache)
if(ONSALE_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${ONSALE_CCACHE})
endif()

add_library(onsale_warnings INTERFACE)
target_compile_options(onsale_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wno-missing-field-initializers -Werror)

add_compile_options(-fno-omit-frame-pointer -fdiagnostics-color=auto)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 reports impossible overflows inside its own headers at -O2 and above.
    target_compile_options(onsale_warnings INTERFACE
        -Wno-error=restrict -Wno-error=maybe-uninitialized -Wno-error=stringop-overflow
        -Wno-error=array-bounds -Wno-error=stringop-overread)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # Which warnings count is judged by g++.
    target_compile_options(onsale_warnings INTERFACE -Wno-error)
endif()
if(ONSALE_SANITIZE)
    add_compile_options(-fsanitize=${ONSALE_SANITIZE} -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${ONSALE_SANITIZE})
    if(ONSALE_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        # g++ warns that fences are not seen by the thread sanitizer; those in Boost and ours are beside atomics.
        add_compile_options(-Wno-tsan)
    endif()
else()
    find_program(ONSALE_MOLD mold)
    if(ONSALE_MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_link_options(-fuse-ld=mold)
    endif()
endif()
