# SPDX-License-Identifier: Apache-2.0
include(GoogleTest)

# Flags of all targets, in one place.
add_library(threadline_flags INTERFACE)
target_compile_features(threadline_flags INTERFACE cxx_std_20)
target_compile_options(threadline_flags INTERFACE
  $<BUILD_INTERFACE:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wsign-conversion;-Wshadow;-Wnon-virtual-dtor;$<$<NOT:$<CONFIG:Release>>:-fno-omit-frame-pointer>>)
target_include_directories(threadline_flags INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src> $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
target_link_libraries(threadline_flags INTERFACE fmt::fmt tl::expected)

# Every byte that is read may come from an attacker: releases are hardened (1 to 3 % of the processor time of a message).
# Packed relocations take a megabyte off the program.
include(CheckCXXCompilerFlag)
include(CheckLinkerFlag)
foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection)
  string(MAKE_C_IDENTIFIER "has${flag}" is_known)
  check_cxx_compiler_flag(${flag} ${is_known})
  if(${is_known})
    target_compile_options(threadline_flags INTERFACE $<BUILD_INTERFACE:$<$<CONFIG:Release>:${flag}>>)
  endif()
endforeach()
target_compile_definitions(threadline_flags INTERFACE $<BUILD_INTERFACE:$<$<CONFIG:Release>:_FORTIFY_SOURCE=2>>)
foreach(flag relro now pack-relative-relocs)
  string(MAKE_C_IDENTIFIER "links_${flag}" is_known)
  check_linker_flag(CXX "LINKER:-z,${flag}" ${is_known})
  if(${is_known})
    target_link_options(threadline_flags INTERFACE $<BUILD_INTERFACE:$<$<CONFIG:Release>:LINKER:-z,${flag}>>)
  endif()
endforeach()

install(TARGETS threadline_flags EXPORT threadlineTargets)

# threadline_library(<folder> SOURCES ... [DEPENDS folders...] [LIBRARIES third-party...]): one static library a folder.
function(threadline_library folder)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  set(target threadline_${folder})
  add_library(${target} STATIC ${ARG_SOURCES})
  list(TRANSFORM ARG_DEPENDS PREPEND threadline_)
  target_link_libraries(${target} PUBLIC threadline_flags ${ARG_DEPENDS} PRIVATE ${ARG_LIBRARIES})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${folder})
  install(TARGETS ${target} EXPORT threadlineTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

# threadline_test(<name> SOURCES ... LIBRARIES folders...): one GoogleTest program, its tests discovered one by one.
function(threadline_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES" ${ARGN})
  list(TRANSFORM ARG_LIBRARIES PREPEND threadline_)
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES} GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE THREADLINE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" THREADLINE_SHARED_DIR="${PROJECT_SOURCE_DIR}/../shared")
  gtest_discover_tests(${name} NO_PRETTY_VALUES DISCOVERY_TIMEOUT 120 PROPERTIES TIMEOUT 300)
endfunction()

# threadline_fuzz(<reader> SOURCES ... LIBRARIES folders...): a libFuzzer target with THREADLINE_FUZZ=ON; else the same target
# replays its seeds (tests/fuzz/seeds/<reader>/*) in ctest.
function(threadline_fuzz reader)
  cmake_parse_arguments(ARG "" "" "SOURCES;LIBRARIES" ${ARGN})
  list(TRANSFORM ARG_LIBRARIES PREPEND threadline_)
  if(NOT EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${reader}_fuzz.cc)
    return()
  endif()
  set(target ${reader}_fuzz)
  add_executable(${target} ${ARG_SOURCES})
  target_link_libraries(${target} PRIVATE ${ARG_LIBRARIES})
  if(THREADLINE_FUZZ)
    target_link_options(${target} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests/fuzz/replay.cc)
    add_test(NAME fuzz_seeds.${reader} COMMAND ${target} ${PROJECT_SOURCE_DIR}/tests/fuzz/seeds/${reader})
  endif()
endfunction()
