// SPDX-License-Identifier: Apache-2.0
#include "apps/serve/server.h"

#include <fmt/format.h>
#include <httplib.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "apps/cli/rendering.h"
#include "apps/cli/typed_time.h"
#include "apps/serve/door.h"
#include "apps/serve/page.h"
#include "apps/serve/stories.h"
#include "text/percent.h"
#include "timeline/words.h"

namespace threadline::apps::serve {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using httplib::Request;
using httplib::Response;

constexpr int kThreads = 24;
constexpr unsigned kBodies = 8;                 ///< received at once, of those threads: one more is asked to come again
constexpr unsigned kSecondsForRequest = 10;     ///< to read or write a piece of it
constexpr unsigned kEventMilliseconds = 1'000;  ///< a stream says something at least that often: silence is a fault
constexpr auto kBetweenEvents = std::chrono::milliseconds(40);
constexpr std::size_t kLongestText = 10'000;  ///< bytes of a note, a reason, an action
constexpr std::string_view kApi = "/api/v1/";

/// Nothing but the page's own files; no markup made from text; frames hold mails without anything of their own (allowed_html).
constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; connect-src 'self'; "
    "img-src 'none'; font-src 'none'; frame-src 'none'; object-src 'none'; worker-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types threadline-mail";

struct Format {
  const char *name, *ending, *type;
};
constexpr Format kFormats[] = {
    {"xlsx", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"csv", "csv", "text/csv; charset=utf-8"},
    {"jsonl", "jsonl", "application/x-ndjson"},
    {"html", "html", "text/html; charset=utf-8"},
    {"timesketch", "csv", "text/csv; charset=utf-8"},
    {"markdown", "md", "text/markdown; charset=utf-8"},
};

void answer(Response& response, std::string json, int status = 200) {
  response.status = status;
  response.set_content(std::move(json), "application/json; charset=utf-8");
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

void refuse(Response& response, int status, const std::string& why) { answer(response, dumped({{"error", why}}), status); }

void refuse(Response& response, int status, const Error& error) { refuse(response, status, to_line(error)); }

Language language_in(const Request& request) { return request.get_param_value("lang") == "fr" ? Language::fr : Language::en; }

std::uint64_t number_in(const std::string& text, std::uint64_t otherwise) {
  std::uint64_t number = otherwise;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : otherwise;
}

/// When the file was last written, as the browser tells it: milliseconds since 1970.
std::optional<std::chrono::sys_seconds> written_in(const Request& request) {
  constexpr std::uint64_t kLatest = 32'503'680'000'000;  // the year 3000
  const std::uint64_t milliseconds = number_in(request.get_header_value("X-Threadline-Modified"), 0);
  if (milliseconds == 0 || milliseconds > kLatest) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(
      std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(milliseconds)));
}

Asked asked_by(const Request& request) {
  Asked asked{request.method,
              request.path,
              request.get_header_value("Host"),
              request.get_header_value("X-Threadline-Token"),
              {},
              request.get_header_value("Sec-Fetch-Site"),
              request.get_header_value("Sec-Fetch-Mode"),
              request.get_header_value("Sec-Fetch-Dest")};
  if (request.has_header("Origin")) asked.origin = request.get_header_value("Origin");
  if (request.get_header_value_count("Host") != 1) asked.host.clear();
  return asked;
}

/// 400 or 413 for a stated length that no body has, before any of it is read: the library would wait for the bytes, to skip them.
/// 0 where it may come; what is merely too long is read to its end, so that the sender hears the answer.
int refusal_of_length(const Request& request) {
  constexpr std::uint64_t kLongest = 1ULL << 40U;
  if (!request.has_header("Content-Length")) return 0;
  const std::string text = request.get_header_value("Content-Length");
  const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number || request.get_header_value_count("Content-Length") > 1) return 400;
  std::uint64_t length = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), length);
  return read.ec != std::errc{} || length > kLongest ? 413 : 0;
}

}  // namespace

struct Server::State {
  explicit State(Session& one) : session(one) {}

  Session& session;
  httplib::Server http;
  std::uint16_t port = 0;
  std::unique_ptr<Door> door;
  std::atomic<unsigned> streams{0}, bodies{0};

  void set_up();
  httplib::Server::HandlerResponse enter(const Request& request, Response& response);
  void give(const Request& request, Response& response);
  void give_page(const Request& request, Response& response);
  void give_api(const std::string& path, const Request& request, Response& response);
  void give_rows(const Request& request, Response& response);
  void give_row(const std::string& id, const Request& request, Response& response);
  void give_message(const std::string& id, const Request& request, Response& response);
  void give_file(const std::string& id, const Request& request, Response& response);
  void give_export(const std::string& name, const Request& request, Response& response);
  void give_case(const Request& request, Response& response) const;
  static void give_words(const Request& request, Response& response);
  void give_progress(const Request& request, Response& response) const;
  void give_events(const Request& request, Response& response);
  void receive(const Request& request, Response& response, const httplib::ContentReader& read);
  void take_evidence(const Request& request, Response& response, const httplib::ContentReader& read);
  void take(const Request& request, Response& response, const httplib::ContentReader& read);
  void take_entry(const Request& request, const Json& body, Response& response);
  void take_action(const Json& body, Response& response);
};

void Server::State::set_up() {
  http.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  http.set_socket_options([](socket_t socket) {  // no SO_REUSEPORT: two pages would share one port's requests
    const int on = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  });
  http.set_keep_alive_max_count(1);  // what is left of a refused request is never read as another one
  http.set_read_timeout(kSecondsForRequest);
  http.set_write_timeout(kSecondsForRequest);
  http.set_payload_max_length(session.settings().run.limits.upload_bytes);
  http.set_default_headers({{"Content-Security-Policy", kPolicy},
                            {"X-Content-Type-Options", "nosniff"},
                            {"Cache-Control", "no-store"},
                            {"X-Frame-Options", "DENY"},
                            {"Referrer-Policy", "no-referrer"},
                            {"Cross-Origin-Opener-Policy", "same-origin"},
                            {"Cross-Origin-Resource-Policy", "same-origin"}});
  http.set_pre_routing_handler([this](const Request& request, Response& response) { return enter(request, response); });
  http.Post("/api/v1/[a-z]+", [this](const Request& request, Response& response, const httplib::ContentReader& read) {
    receive(request, response, read);
  });
  http.set_exception_handler(
      [](const Request&, Response& response, std::exception_ptr) { refuse(response, 500, "internal error"); });
}

/// Refuses at the door; answers what has no body; leaves the rest to what reads one.
httplib::Server::HandlerResponse Server::State::enter(const Request& request, Response& response) {
  using Outcome = httplib::Server::HandlerResponse;
  const int status = door->refusal(asked_by(request));
  if (status != 0) {
    refuse(response, status, status == 401 ? "open the address that threadline printed" : "refused");
    return Outcome::Handled;
  }
  if (request.method != "POST") {
    give(request, response);
    return Outcome::Handled;
  }
  const std::string type = request.get_header_value("Content-Type");
  const bool is_evidence = request.path == "/api/v1/evidence";
  if (type.rfind(is_evidence ? "application/octet-stream" : "application/json", 0) != 0) {
    refuse(response, 415, is_evidence ? "application/octet-stream" : "application/json");
    return Outcome::Handled;
  }
  const int wrong = refusal_of_length(request);
  if (wrong == 0) return Outcome::Unhandled;
  refuse(response, wrong, "Content-Length");
  return Outcome::Handled;
}

/// Bodies wait for their senders: a bounded number at once, so that half-sent ones leave threads for everybody else.
void Server::State::receive(const Request& request, Response& response, const httplib::ContentReader& read) {
  struct Place {
    std::atomic<unsigned>& taken;
    unsigned before = taken.fetch_add(1);
    ~Place() { --taken; }
  } const place{.taken = bodies};
  if (place.before >= kBodies) {
    response.set_header("Retry-After", "1");
    return refuse(response, 503, "too many uploads at once");
  }
  if (request.path == "/api/v1/evidence") return take_evidence(request, response, read);
  take(request, response, read);
}

void Server::State::give(const Request& request, Response& response) {
  try {
    if (request.path.rfind(kApi, 0) == 0) return give_api(request.path.substr(kApi.size()), request, response);
    give_page(request, response);
  } catch (const std::exception&) {
    refuse(response, 500, "internal error");
  }
}

void Server::State::give_page(const Request& request, Response& response) {
  for (const PageFile& file : page_files()) {
    if (request.path != file.path && !(request.path == "/" && file.path == "/index.html")) continue;
    response.set_content(std::string(file.content), std::string(file.type));
    return;
  }
  refuse(response, 404, "no such page");
}

void Server::State::give_api(const std::string& path, const Request& request, Response& response) {
  const Language language = language_in(request);
  const std::size_t slash = path.find('/');
  const std::string first = path.substr(0, slash);
  const std::string rest = slash == std::string::npos ? "" : path.substr(slash + 1);
  if (rest.empty()) {
    if (first == "rows") return give_rows(request, response);
    if (first == "verdict") return answer(response, session.snapshot()->verdict[at(language)]);
    if (first == "facets") return answer(response, facets_json(*session.snapshot(), language));
    if (first == "case") return give_case(request, response);
    if (first == "words") return give_words(request, response);
    if (first == "sessions") return answer(response, sessions_json(*session.snapshot(), language, session.settings().run.limits));
    if (first == "progress") return give_progress(request, response);
    if (first == "events") return give_events(request, response);
  }
  if (first == "rows" && !rest.empty()) return give_row(rest, request, response);
  if (first == "messages" && !rest.empty()) return give_message(rest, request, response);
  if (first == "evidence" && !rest.empty()) return give_file(rest, request, response);
  if (first == "export" && !rest.empty()) return give_export(rest, request, response);
  refuse(response, 404, "no such resource");
}

void Server::State::give_rows(const Request& request, Response& response) {
  RowFilter filter;
  filter.text = request.get_param_value("text");
  filter.severity = request.get_param_value("severity");
  filter.actor = request.get_param_value("actor");
  filter.code = request.get_param_value("code");
  filter.from = request.get_param_value("from");
  filter.to = request.get_param_value("to");
  filter.zone = request.get_param_value("zone");
  filter.only_findings = request.get_param_value("kind") == "finding";
  filter.offset = number_in(request.get_param_value("offset"), 0);
  filter.limit = number_in(request.get_param_value("limit"), filter.limit);
  const Tab tab = request.get_param_value("tab") == "actions" ? Tab::actions : Tab::timeline;
  answer(response, rows_json(*session.snapshot(), tab, language_in(request), filter));
}

void Server::State::give_row(const std::string& id, const Request& request, Response& response) {
  const std::string row = row_json_of(*session.snapshot(), language_in(request), id);
  if (row == "{}") return refuse(response, 404, "no such row");
  answer(response, row);
}

void Server::State::give_message(const std::string& id, const Request& request, Response& response) {
  const auto message = session.message_json(id, language_in(request));
  if (!message) return refuse(response, 404, message.error());
  answer(response, *message);
}

void Server::State::give_file(const std::string& id, const Request& request, Response& response) {
  auto state = ReceivedFile::State::waiting;
  const std::string file = session.file_json(number_in(id, 0), language_in(request), state);
  if (file.empty()) return refuse(response, 404, "no such file");
  const bool is_open = state == ReceivedFile::State::waiting || state == ReceivedFile::State::reading;
  answer(response, file, state == ReceivedFile::State::refused ? 422 : is_open ? 202 : 200);
}

/// The bytes of `threadline case export`: the same writers, to a file that is read and removed.
void Server::State::give_export(const std::string& name, const Request& request, Response& response) {
  const auto* format = std::ranges::find_if(kFormats, [&](const Format& one) { return name == one.name; });
  if (format == std::end(kFormats)) return refuse(response, 404, "xlsx, csv, jsonl, html, timesketch, markdown");
  std::string folder = session.settings().temporary_folder + "/export-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return refuse(response, 507, "no space for an export");
  Rendering rendering;
  rendering.format = name;
  rendering.output = folder + "/timeline." + format->ending;
  const bool is_both = name != "csv" && request.get_param_value("tab").empty();
  if (request.get_param_value("tab") == "actions") rendering.tabs = {Tab::actions};
  if (is_both) rendering.tabs = {Tab::timeline, Tab::actions};
  const auto written =
      session.export_case([&](const timeline::Exhibit& exhibit) { return render(exhibit, rendering); }, language_in(request));
  std::string bytes;
  if (written) {
    std::ifstream in(rendering.output, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(in), {});
  }
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  if (!written) return refuse(response, 507, written.error());
  response.set_header("Content-Disposition", std::string("attachment; filename=\"timeline.") + format->ending + "\"");
  response.set_content(std::move(bytes), format->type);
}

void Server::State::give_case(const Request& request, Response& response) const {
  const auto snapshot = session.snapshot();
  const Limits& limits = session.settings().run.limits;
  answer(response, dumped({{"title", snapshot->title},
                           {"folder", session.folder()},
                           {"temporary", session.is_temporary()},
                           {"zone", snapshot->zone},
                           {"head", snapshot->head},
                           {"fault", snapshot->fault[at(language_in(request))]},
                           {"own_domains", snapshot->own_domains},
                           {"by", session.settings().by},
                           {"language", session.settings().language},
                           {"upload_bytes", limits.upload_bytes},
                           {"answer_rows", limits.answer_rows},
                           {"streams", streams.load()}}));
}

/// The page's words, and those of codes: one table for the whole program (timeline/words.h).
void Server::State::give_words(const Request& request, Response& response) {
  const Language language = language_in(request);
  Json words = Json::object();
  for (const timeline::Entry& entry : timeline::all_words())
    words[std::string(entry.key)] = language == Language::fr ? entry.french : entry.english;
  answer(response, dumped(words));
}

/// What a stream would say next, at once: for who has no stream, or doubts it.
void Server::State::give_progress(const Request& request, Response& response) const {
  std::uint64_t version = number_in(request.get_param_value("since"), 0);
  answer(response, session.progress_after(version, 0, language_in(request)));
}

void Server::State::give_events(const Request& request, Response& response) {
  if (streams.fetch_add(1) >= session.settings().run.limits.event_streams) {
    --streams;
    return refuse(response, 503, "event_streams");
  }
  const auto version = std::make_shared<std::uint64_t>(number_in(request.get_param_value("since"), 0));
  const Language language = language_in(request);
  response.set_chunked_content_provider(
      "text/event-stream",
      [this, version, language](std::size_t, httplib::DataSink& sink) {
        if (session.is_stopped()) return false;
        const std::string event = "data: " + session.progress_after(*version, kEventMilliseconds, language) + "\n\n";
        if (!sink.write(event.data(), event.size())) return false;
        std::this_thread::sleep_for(kBetweenEvents);  // many messages are one event
        return true;
      },
      [this](bool) { --streams; });
}

/// One file a request; its name in X-Threadline-Name, percent-encoded.
void Server::State::take_evidence(const Request& request, Response& response, const httplib::ContentReader& read) {
  if (!request.has_header("Content-Length")) return refuse(response, 411, "Content-Length");
  const std::string name = text::percent_decoded(request.get_header_value("X-Threadline-Name"));
  const auto received = session.receive(
      name.empty() ? "mail" : name,
      [&](const std::function<bool(std::string_view)>& sink) {
        return read([&](const char* bytes, std::size_t length) { return sink({bytes, length}); });
      },
      written_in(request));
  if (response.status == 413) return refuse(response, 413, "upload_bytes");
  if (!received && received.error().what == "limit") return refuse(response, 413, received.error().hint);
  if (!received) return refuse(response, response.status == 400 ? 400 : 507, received.error());
  auto state = ReceivedFile::State::waiting;
  answer(response, session.file_json(received->id, language_in(request), state), 202);
}

void Server::State::take(const Request& request, Response& response, const httplib::ContentReader& read) {
  const std::uint64_t most = session.settings().run.limits.request_bytes;
  std::string body;
  const bool is_whole = read([&](const char* bytes, std::size_t length) {
    if (body.size() + length > most) return false;
    body.append(bytes, length);
    return true;
  });
  if (!is_whole) return refuse(response, 413, "request_bytes");
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object()) return refuse(response, 400, "a JSON object");
  take_entry(request, json, response);
}

namespace {

/// A text member, cut of its ends; nothing where it is missing, empty or too long.
std::optional<std::string> text_in(const Json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || !found->is_string()) return std::nullopt;
  std::string text = found->get<std::string>();
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos || text.size() > kLongestText) return std::nullopt;
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

void say(Response& response, const Result<timeline::journal::Head>& written) {
  if (!written) return refuse(response, 507, written.error());
  answer(response, dumped({{"entry", written->seq}, {"head", written->hash}}), 201);
}

}  // namespace

void Server::State::take_entry(const Request& request, const Json& body, Response& response) {
  const std::string what = request.path.substr(kApi.size());
  if (what == "actions") return take_action(body, response);
  if (what == "case") {
    const auto folder = text_in(body, "folder");
    if (!folder || folder->front() != '/') return refuse(response, 400, "folder: an absolute path");
    const auto kept = session.keep_in(*folder);
    return kept ? give_case(request, response) : refuse(response, 409, kept.error());
  }
  const auto found = body.find("row");
  const std::uint64_t row = found != body.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
  const auto snapshot = session.snapshot();
  const bool is_known = std::ranges::any_of(
      std::initializer_list<const Listed*>{&snapshot->timeline[1], &snapshot->actions[1]}, [&](const Listed* list) {
        return std::ranges::any_of(list->rows, [&](const ShownRow& one) { return one.row.row == row; });
      });
  const auto why = text_in(body, what == "notes" ? "text" : "why");
  if (what != "strikes" && what != "notes" && what != "verdicts") return refuse(response, 404, "no such resource");
  if (row == 0 || !is_known) return refuse(response, 404, "no such row");
  if (what == "verdicts") {
    const auto as = text_in(body, "as");
    const bool is_verdict = as && timeline::known_words("verdict." + *as, Language::en).has_value();
    return is_verdict ? say(response, session.qualify(row, *as, why.value_or(""))) : refuse(response, 400, "as");
  }
  if (!why) return refuse(response, 400, what == "notes" ? "text" : "why");
  say(response, what == "notes" ? session.note(row, *why) : session.strike(row, *why));
}

void Server::State::take_action(const Json& body, Response& response) {
  timeline::journal::Written written;
  const auto text = text_in(body, "text");
  if (!text) return refuse(response, 400, "text");
  written.action = *text;
  written.actor = text_in(body, "actor").value_or("");
  written.comment = text_in(body, "comment").value_or("");
  if (body.value("tab", Json()) == "timeline") written.tab = Tab::timeline;
  if (const auto time = text_in(body, "time")) {
    const auto typed = read_typed_time(*time, session.settings().zone);
    if (!typed) return refuse(response, 400, typed.error());
    written.time = typed->time;
    written.known_at = typed->known_at;
    written.zone = typed->zone;
    written.time_text = *time;
  }
  say(response, session.act(written));
}

Server::Server(Session& session) : state_(std::make_unique<State>(session)) { state_->set_up(); }
Server::~Server() = default;

Result<void> Server::bind(std::uint16_t port) {
  if (port != 0 && !state_->http.bind_to_port("127.0.0.1", port))
    return tl::unexpected(Error{"the port is taken", std::to_string(port), "--port 0 takes a free one"});
  const int bound = port == 0 ? state_->http.bind_to_any_port("127.0.0.1") : port;
  if (bound <= 0) return tl::unexpected(Error{"no port on 127.0.0.1", {}, {}});
  state_->port = static_cast<std::uint16_t>(bound);
  state_->door = std::make_unique<Door>(state_->port, new_token());
  return {};
}

std::string Server::address() const { return fmt::format("http://127.0.0.1:{}/#{}", state_->port, state_->door->token()); }

void Server::run() { state_->http.listen_after_bind(); }

bool Server::stop() {
  if (!state_->http.is_running()) return false;
  state_->http.stop();
  return true;
}

}  // namespace threadline::apps::serve
