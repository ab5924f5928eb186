# onsale_module: the one way a folder becomes a target.
#
#   onsale_module(
#       NAME box_office            # target onsale_box_office, namespace onsale::box_office
#       LAYER core                 # folder src/core is the include root
#       DEPS base domain           # other modules used directly, complete
#       LIBRARIES OpenSSL::Crypto  # third-party targets, used in .cc files only
#       PUBLIC_LIBRARIES …         # third-party targets that its headers need (Boost only, see STYLE)
#       SOURCES a.cc HEADERS a.h TESTS a_test.cc
#       LIBRARY_DEPS_TEST …        # modules that only the tests need
#   )
#
# A module sees its own layer and the lower ones through include roots, so an upward include does not
# compile; sideways includes are checked against DEPS by scripts/tidy.py. Two tests come with each module:
# <name>_link (the whole archive with nothing but the declared DEPS must link) and <name>_test.

# parties stands low: the programs of other companies must not see the site. Nor the site them: see onsale_check_layers.
set(ONSALE_LAYERS core runtime parties engine services edge tools app sim)
# The target all_verify_interface_header_sets compiles every header on its own; off so that normal builds stay short.
option(ONSALE_VERIFY_HEADERS "Add targets that compile each header on its own" OFF)
define_property(TARGET PROPERTY ONSALE_LAYER BRIEF_DOCS "layer" FULL_DOCS "The layer folder a module lives in")
set(ONSALE_GTEST_MAIN GTest::gtest_main GTest::gmock)

function(onsale_module)
    cmake_parse_arguments(M "" "NAME;LAYER" "DEPS;LIBRARIES;PUBLIC_LIBRARIES;SOURCES;HEADERS;PROTOS;TESTS;TEST_DEPS" ${ARGN})
    if(M_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "onsale_module(${M_NAME}): unknown arguments ${M_UNPARSED_ARGUMENTS}")
    endif()
    list(FIND ONSALE_LAYERS ${M_LAYER} layer_index)
    if(layer_index LESS 0)
        message(FATAL_ERROR "onsale_module(${M_NAME}): no layer ${M_LAYER}")
    endif()
    set(target onsale_${M_NAME})
    add_library(${target} STATIC ${M_SOURCES})
    set_target_properties(${target} PROPERTIES ONSALE_LAYER ${M_LAYER})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src/${M_LAYER})
    target_link_libraries(${target} PRIVATE onsale_warnings ${M_LIBRARIES} PUBLIC ${M_PUBLIC_LIBRARIES} Threads::Threads)
    onsale_check_layers(${target} ${layer_index} "${M_DEPS}")
    foreach(dependency IN LISTS M_DEPS)
        target_link_libraries(${target} PUBLIC onsale_${dependency})
    endforeach()
    if(M_HEADERS)
        target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR}/src/${M_LAYER} FILES ${M_HEADERS})
        set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ${ONSALE_VERIFY_HEADERS})
    endif()
    if(M_PROTOS)
        onsale_generate_protos(${target} ${M_LAYER} "${M_PROTOS}")
    endif()

    # Link test: every object of the archive, and only what the module declares.
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/link/empty_main.cc CONTENT "int main() { return 0; }\n")
    add_executable(${M_NAME}_link ${CMAKE_BINARY_DIR}/link/empty_main.cc)
    target_link_libraries(${M_NAME}_link PRIVATE "$<LINK_LIBRARY:WHOLE_ARCHIVE,${target}>")
    add_test(NAME ${M_NAME}_link COMMAND ${M_NAME}_link)
    set_tests_properties(${M_NAME}_link PROPERTIES LABELS link)

    if(M_TESTS)
        add_executable(${M_NAME}_test ${M_TESTS})
        target_link_libraries(${M_NAME}_test PRIVATE ${target} onsale_warnings ${ONSALE_GTEST_MAIN})
        foreach(dependency IN LISTS M_TEST_DEPS)
            target_link_libraries(${M_NAME}_test PRIVATE onsale_${dependency})
        endforeach()
        add_test(NAME ${M_NAME}_test COMMAND ${M_NAME}_test)
        set_tests_properties(${M_NAME}_test PROPERTIES LABELS unit TIMEOUT 120)
    endif()
endfunction()

# A module may depend on modules of lower layers and, of its own layer, on those declared before it.
function(onsale_check_layers target layer_index dependencies)
    foreach(dependency IN LISTS dependencies)
        if(NOT TARGET onsale_${dependency})
            message(FATAL_ERROR "${target}: module ${dependency} is not known yet; "
                "the order of add_subdirectory is the order of dependencies")
        endif()
        get_target_property(layer onsale_${dependency} ONSALE_LAYER)
        list(FIND ONSALE_LAYERS ${layer} dependency_index)
        list(GET ONSALE_LAYERS ${layer_index} own_layer)
        if(layer STREQUAL "parties" AND NOT own_layer MATCHES "^(parties|app|sim)$")
            message(FATAL_ERROR "${target}: ${dependency} is another company's program; talk to it over HTTP")
        endif()
        if(dependency_index GREATER layer_index)
            message(FATAL_ERROR "${target}: ${dependency} is of the higher layer ${layer}")
        endif()
    endforeach()
endfunction()

# Records are Protocol Buffers (lite); the generated code is exempt from our warnings and from tidy.
function(onsale_generate_protos target layer protos)
    set(root ${CMAKE_SOURCE_DIR}/src/${layer})
    set(out ${CMAKE_BINARY_DIR}/generated/${layer})
    foreach(proto IN LISTS protos)
        file(RELATIVE_PATH path ${root} ${CMAKE_CURRENT_SOURCE_DIR}/${proto})
        string(REGEX REPLACE "\\.proto$" "" stem ${path})
        get_filename_component(folder ${out}/${stem} DIRECTORY)
        file(MAKE_DIRECTORY ${folder})
        add_custom_command(
            OUTPUT ${out}/${stem}.pb.cc ${out}/${stem}.pb.h
            COMMAND protobuf::protoc --cpp_out=${out} -I ${root} ${root}/${path}
            DEPENDS ${root}/${path}
            COMMENT "records: ${path}")
        add_library(${target}_generated STATIC ${out}/${stem}.pb.cc ${out}/${stem}.pb.h)
        target_include_directories(${target}_generated SYSTEM PUBLIC ${out})
        target_link_libraries(${target}_generated PUBLIC protobuf::libprotobuf-lite)
        target_link_libraries(${target} PUBLIC ${target}_generated)
    endforeach()
endfunction()
