// SPDX-License-Identifier: Apache-2.0
// The functions of libpq-fe.h that are used here, under their own names: each passes its call on to the library.
#include "memory/libpq.h"

#include <dlfcn.h>
#include <libpq-fe.h>

namespace {

/// The library, by the name that its version 5 has had since PostgreSQL 8.2; nullptr: it is not there.
void* library() {
  static void* const loaded = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  return loaded;
}

}  // namespace

// NOLINTNEXTLINE(bugprone-macro-parentheses): what it takes are lists in parentheses of their own, and types
#define THREADLINE_PASSED_ON(answer, function, parameters, arguments)                            \
  extern "C" answer function parameters {                                                        \
    static auto* const its = reinterpret_cast<decltype(&function)>(dlsym(library(), #function)); \
    return its arguments;                                                                        \
  }
THREADLINE_PASSED_ON(void, PQclear, (PGresult * result), (result))
THREADLINE_PASSED_ON(PGconn*, PQconnectdbParams, (const char* const* keywords, const char* const* values, int expand),
                     (keywords, values, expand))
THREADLINE_PASSED_ON(void, PQconninfoFree, (PQconninfoOption * options), (options))
THREADLINE_PASSED_ON(PQconninfoOption*, PQconninfoParse, (const char* url, char** problem), (url, problem))
THREADLINE_PASSED_ON(int, PQenterPipelineMode, (PGconn * connection), (connection))
THREADLINE_PASSED_ON(char*, PQerrorMessage, (const PGconn* connection), (connection))
THREADLINE_PASSED_ON(PGresult*, PQexec, (PGconn * connection, const char* sql), (connection, sql))
THREADLINE_PASSED_ON(int, PQexitPipelineMode, (PGconn * connection), (connection))
THREADLINE_PASSED_ON(void, PQfinish, (PGconn * connection), (connection))
THREADLINE_PASSED_ON(void, PQfreemem, (void* memory), (memory))
THREADLINE_PASSED_ON(PGresult*, PQgetResult, (PGconn * connection), (connection))
THREADLINE_PASSED_ON(int, PQgetlength, (const PGresult* result, int row, int column), (result, row, column))
THREADLINE_PASSED_ON(char*, PQgetvalue, (const PGresult* result, int row, int column), (result, row, column))
THREADLINE_PASSED_ON(int, PQlibVersion, (), ())
THREADLINE_PASSED_ON(int, PQnfields, (const PGresult* result), (result))
THREADLINE_PASSED_ON(int, PQntuples, (const PGresult* result), (result))
THREADLINE_PASSED_ON(int, PQpipelineSync, (PGconn * connection), (connection))
THREADLINE_PASSED_ON(char*, PQresultErrorField, (const PGresult* result, int field), (result, field))
THREADLINE_PASSED_ON(ExecStatusType, PQresultStatus, (const PGresult* result), (result))
THREADLINE_PASSED_ON(int, PQsendPrepare, (PGconn * connection, const char* name, const char* sql, int count, const Oid* types),
                     (connection, name, sql, count, types))
THREADLINE_PASSED_ON(int, PQsendQueryPrepared,
                     (PGconn * connection, const char* name, int count, const char* const* values, const int* lengths,
                      const int* forms, int form),
                     (connection, name, count, values, lengths, forms, form))
THREADLINE_PASSED_ON(PQnoticeProcessor, PQsetNoticeProcessor, (PGconn * connection, PQnoticeProcessor heard, void* with),
                     (connection, heard, with))
THREADLINE_PASSED_ON(ConnStatusType, PQstatus, (const PGconn* connection), (connection))
#undef THREADLINE_PASSED_ON

namespace threadline::memory {

bool is_libpq_there() { return library() != nullptr; }

}  // namespace threadline::memory
