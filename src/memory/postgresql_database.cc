// SPDX-License-Identifier: Apache-2.0
#include "memory/postgresql_database.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "memory/libpq.h"

namespace threadline::memory {
namespace {

// One program writes at a time, as in a file: what the others keep in their memory is then brought up to date by what is newer
// than the newest that they saw, and no two transactions wait for each other's rows.
constexpr Dialect kDialect{
    .begin = "BEGIN; SELECT pg_advisory_xact_lock(1414025837)",
    .read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    .data_version = "SELECT value FROM setting WHERE name = 'generation'",
    .wrote = "UPDATE setting SET value = value + 1 WHERE name = 'generation' RETURNING value",
    .key = "SELECT bytes FROM setting WHERE name = 'key'",
    .bytes =
        "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c "
        "WHERE c.relnamespace = 'threadline'::regnamespace AND c.relkind = 'r'",
    .facts = "SELECT count(*) FROM fact",
    .drop_facts = "TRUNCATE fact, remark, log_path, shard",
    .wipe =
        "VACUUM (FULL) message, account, bill, phone, name, mailbox, dispute, domain, domain_use, domain_state, person, "
        "side_count",
    .shrink = nullptr,
    .is_left = nullptr,
};

// Types of values as they are sent (src/include/catalog/pg_type.dat).
constexpr Oid kBytea = 17;
constexpr Oid kInt8 = 20;
constexpr int kBinary = 1;
/// Statements sent before the first answer is read: their answers (a few bytes each) fit into any socket's buffer, so that
/// neither side waits for the other.
constexpr std::size_t kMostSent = 128;

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

void say_nothing(void* /*unused*/, const char* /*message*/) {}

std::string on_one_line(std::string_view message) {
  std::string line;
  for (const char one : message) {
    if (one != '\n')
      line += one;
    else if (!line.empty() && !line.ends_with("; "))
      line += "; ";
  }
  while (line.ends_with("; ")) line.resize(line.size() - 2);
  return line;
}

struct Value {
  Oid type = kInt8;
  std::string bytes;
  bool is_null = false;
};

/// Whole numbers travel with their first byte first.
std::string network_bytes(std::int64_t value) {
  std::string bytes(8, '\0');
  auto rest = static_cast<std::uint64_t>(value);
  for (std::size_t at = bytes.size(); at-- > 0; rest >>= 8U) bytes[at] = static_cast<char>(rest & 0xffU);
  return bytes;
}

/// A statement as the server knows it.
struct ServerStatement {
  std::string name, text;
  bool is_prepared = false;
};

class PostgresqlStatement;

class PostgresqlDatabase final : public Database {
 public:
  PostgresqlDatabase(Connection connection, std::string name, int busy_ms)
      : Database(std::move(name)), connection_(std::move(connection)), busy_ms_(busy_ms) {
    PQsetNoticeProcessor(connection_.get(), say_nothing, nullptr);
  }

  bool run(const char* sql) override;
  void abandon() override;
  std::unique_ptr<Prepared> prepare(const char* sql) override;
  [[nodiscard]] const Dialect& dialect() const override { return kDialect; }

  void send(PostgresqlStatement& statement);
  /// Waits for the answers to all that was sent; answers the last.
  Answer receive();
  /// One a text: the server keeps each until the connection ends, which a gateway's may after a million messages.
  [[nodiscard]] ServerStatement& known(const char* sql);
  [[nodiscard]] bool is_full() const { return sent_ >= kMostSent; }

 private:
  void note(const PGresult* answer);
  bool is_good(const PGresult* answer) const;

  Connection connection_;
  int busy_ms_;
  std::size_t sent_ = 0;
  std::map<std::string, ServerStatement, std::less<>> statements_;  ///< by their texts in SQL as Database::prepare has it
};

class PostgresqlStatement final : public Prepared {
 public:
  PostgresqlStatement(PostgresqlDatabase& database, const char* sql) : known(database.known(sql)), database_(database) {}

  void bind(int place, std::int64_t value) override { take(place, {kInt8, network_bytes(value)}); }
  void bind_text(int place, std::string_view text_value) override { take(place, {kBytea, std::string(text_value)}); }
  void bind_bytes(int place, std::string_view bytes) override { take(place, {kBytea, std::string(bytes)}); }
  void bind_null(int place) override { take(place, {kInt8, {}, true}); }
  bool step() override {
    if (!is_asked_) {
      if (database_.failure()) return false;
      database_.send(*this);
      answer_ = database_.receive();
      is_asked_ = true;
      row_ = -1;
    }
    if (answer_ && ++row_ < PQntuples(answer_.get())) return true;
    reset();
    return false;
  }
  void execute() override {
    if (database_.failure()) return;
    database_.send(*this);
    if (database_.is_full()) (void)database_.receive();
  }
  void reset() override {
    answer_.reset();
    is_asked_ = false;
  }
  [[nodiscard]] std::int64_t number(int column) const override {
    const std::string_view value = bytes(column);
    std::uint64_t number = !value.empty() && static_cast<signed char>(value.front()) < 0 ? ~std::uint64_t{0} : 0;
    for (const char one : value) number = number << 8U | static_cast<unsigned char>(one);
    return static_cast<std::int64_t>(number);
  }
  [[nodiscard]] std::string_view bytes(int column) const override {
    if (!answer_ || column >= PQnfields(answer_.get())) return {};
    return {PQgetvalue(answer_.get(), row_, column), static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column))};
  }

  ServerStatement& known;
  std::vector<Value> values;

 private:
  void take(int place, Value value) {
    const auto at = static_cast<std::size_t>(place);
    if (values.size() < at) values.resize(at);
    values[at - 1] = std::move(value);
  }

  PostgresqlDatabase& database_;
  Answer answer_{nullptr, PQclear};
  bool is_asked_ = false;
  int row_ = -1;
};

std::unique_ptr<Prepared> PostgresqlDatabase::prepare(const char* sql) {
  return std::make_unique<PostgresqlStatement>(*this, sql);
}

ServerStatement& PostgresqlDatabase::known(const char* sql) {
  const auto [place, is_new] = statements_.try_emplace(sql);
  ServerStatement& statement = place->second;
  if (is_new) {
    statement.name = fmt::format("s{}", statements_.size());
    for (const char one : place->first) statement.text += one == '?' ? '$' : one;
  }
  return statement;
}

bool PostgresqlDatabase::is_good(const PGresult* answer) const {
  const ExecStatusType status = PQresultStatus(answer);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

/// SQLSTATE (PostgreSQL manual, appendix A) -> what a person can do. The message's first part names no value.
void PostgresqlDatabase::note(const PGresult* answer) {
  const char* said = answer == nullptr ? nullptr : PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  const std::string_view state = said == nullptr ? "" : said;
  const char* primary = answer == nullptr ? nullptr : PQresultErrorField(answer, PG_DIAG_MESSAGE_PRIMARY);
  if (PQstatus(connection_.get()) == CONNECTION_BAD || state.starts_with("57P"))
    return fail("the connection to the store was lost", "what was learnt before is kept; try again when the server is back");
  if (state == "55P03")
    return fail(fmt::format("the store was locked by another program for {} s", busy_ms_ / 1'000), "try again when it is done");
  if (state.starts_with("40"))
    return fail("the store was changed by another program at the same moment", "try again; what was learnt before is kept");
  std::string hint;
  if (state.starts_with("53")) hint = "the server has no room or no connection left; what was learnt before is kept";
  if (state == "42501" || state == "25006") hint = "may this user write the schema threadline?";
  fail(fmt::format("the store: {}", on_one_line(primary != nullptr ? primary : PQerrorMessage(connection_.get()))), hint);
}

bool PostgresqlDatabase::run(const char* sql) {
  if (sent_ > 0) (void)receive();
  if (failure()) return false;
  const Answer answer(PQexec(connection_.get(), sql), PQclear);
  if (!is_good(answer.get())) note(answer.get());
  return !failure();
}

void PostgresqlDatabase::abandon() {
  if (sent_ > 0) (void)receive();
  const Answer answer(PQexec(connection_.get(), "ROLLBACK"), PQclear);
}

void PostgresqlDatabase::send(PostgresqlStatement& statement) {
  std::vector<Oid> types;
  std::vector<const char*> begins;
  std::vector<int> lengths;
  for (const Value& value : statement.values) {
    types.push_back(value.type);
    begins.push_back(value.is_null ? nullptr : value.bytes.data());
    lengths.push_back(static_cast<int>(value.bytes.size()));
  }
  const std::vector<int> forms(types.size(), kBinary);
  const int count = static_cast<int>(types.size());
  PGconn* connection = connection_.get();
  bool is_sent = sent_ > 0 || PQenterPipelineMode(connection) == 1;
  ServerStatement& known = statement.known;
  if (is_sent && !known.is_prepared) {
    is_sent = PQsendPrepare(connection, known.name.c_str(), known.text.c_str(), count, types.data()) == 1;
    known.is_prepared = is_sent;
    sent_ += is_sent ? 1 : 0;
  }
  is_sent = is_sent &&
            PQsendQueryPrepared(connection, known.name.c_str(), count, begins.data(), lengths.data(), forms.data(), kBinary) == 1;
  sent_ += is_sent ? 1 : 0;
  if (!is_sent) note(nullptr);
}

Answer PostgresqlDatabase::receive() {
  Answer last(nullptr, PQclear);
  PGconn* connection = connection_.get();
  if (PQpipelineSync(connection) != 1) note(nullptr);
  const std::size_t most_ends = sent_ + 2;  // each answer is followed by nothing
  for (std::size_t ends = 0; ends < most_ends && PQstatus(connection) == CONNECTION_OK;) {
    Answer answer(PQgetResult(connection), PQclear);
    const ExecStatusType status = answer ? PQresultStatus(answer.get()) : PGRES_EMPTY_QUERY;
    if (status == PGRES_PIPELINE_SYNC) break;
    if (!answer)
      ++ends;
    else if (is_good(answer.get()))
      last = std::move(answer);
    else if (status != PGRES_PIPELINE_ABORTED)
      note(answer.get());
  }
  sent_ = 0;
  if (PQexitPipelineMode(connection) != 1 || PQstatus(connection) != CONNECTION_OK) note(nullptr);
  if (failure()) last.reset();
  return last;
}

std::string option_of(const PQconninfoOption* options, std::string_view keyword) {
  for (; options != nullptr && options->keyword != nullptr; ++options) {
    if (options->keyword == keyword && options->val != nullptr) return options->val;
  }
  return {};
}

using Parameters = std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)>;

/// What libpq reads in a URL; nullptr: it is none. A password with a bare "/" is read as port and database: that is none, either.
Parameters parsed(const std::string& url) {
  if (!is_libpq_there()) return {nullptr, PQconninfoFree};
  char* problem = nullptr;  // may quote the URL
  Parameters options(PQconninfoParse(url.c_str(), &problem), PQconninfoFree);
  PQfreemem(problem);
  const bool is_torn = option_of(options.get(), "port").find_first_not_of("0123456789,") != std::string::npos ||
                       option_of(options.get(), "dbname").find('@') != std::string::npos;
  if (is_torn) options.reset();
  return options;
}

}  // namespace

bool is_postgresql(std::string_view name) { return name.starts_with("postgresql://") || name.starts_with("postgres://"); }

std::string shown_name(const std::string& name) {
  if (!is_postgresql(name)) return name;
  const auto options = parsed(name);
  if (!options) return "postgresql://";
  const auto part = [&](std::string_view keyword, std::string_view before, std::string_view after) {
    const std::string value = option_of(options.get(), keyword);
    return value.empty() ? std::string{} : std::string(before) + value + std::string(after);
  };
  return "postgresql://" + part("user", "", "@") + part("host", "", "") + part("port", ":", "") + part("dbname", "/", "");
}

Result<std::unique_ptr<Database>> open_postgresql(const std::string& url, Database::Mode mode, int busy_ms) {
  if (!is_libpq_there())
    return tl::unexpected(Error{"PostgreSQL's library is not installed", "libpq.so.5", "install it (Debian: libpq5)"});
  const std::string name = shown_name(url);
  if (!parsed(url)) {
    return tl::unexpected(Error{"the URL of the store cannot be read", name,
                                "postgresql://user@host:5432/database; special characters percent-encoded"});
  }
  // What the URL says comes later and wins. A server that is gone is noticed, and not waited for.
  constexpr std::array<const char*, 6> kKeywords{"connect_timeout",  "keepalives_idle", "tcp_user_timeout",
                                                 "application_name", "dbname",          nullptr};
  const std::array<const char*, 6> values{"10", "30", "30000", "threadline", url.c_str(), nullptr};
  Connection connection(PQconnectdbParams(kKeywords.data(), values.data(), 1), PQfinish);
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    return tl::unexpected(Error{"the store cannot be reached: " + on_one_line(PQerrorMessage(connection.get())), name,
                                "is the server running, and may this user connect? A password belongs into ~/.pgpass"});
  }
  auto database = std::make_unique<PostgresqlDatabase>(std::move(connection), name, busy_ms);
  database->run(fmt::format("SET search_path = threadline; SET lock_timeout = {}; SET client_min_messages = error; "
                            "SET default_transaction_read_only = {}",
                            busy_ms, mode == Database::Mode::read ? "on" : "off")
                    .c_str());
  if (database->failure()) return tl::unexpected(*database->failure());
  return database;
}

std::string libpq_version() {
  if (!is_libpq_there()) return "not installed";
  const int version = PQlibVersion();
  return fmt::format("{}.{}", version / 10'000, version % 10'000);
}

}  // namespace threadline::memory
