// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/record.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "base/pipe.h"
#include "base/sha256.h"
#include "timeline/journal/entry.h"
#include "timeline/journal/files.h"

namespace threadline::timeline::journal {
namespace {

Result<Head> added(Appender& appender, std::string_view type, const Sorted& body, const Stamp& stamp) {
  const auto number = appender.add(type, canonical(body), stamp);
  if (!number) return tl::unexpected(number.error());
  if (const auto flushed = appender.flush(); !flushed) return tl::unexpected(flushed.error());
  return appender.head();
}

Result<Head> append_one(const std::string& folder, std::string_view type, const Sorted& body, const Stamp& stamp) {
  auto appender = Appender::open(folder, stamp);
  if (!appender) return tl::unexpected(appender.error());
  return added(*appender, type, body, stamp);
}

void set(Sorted& body, const char* key, const std::string& text) {
  if (!text.empty()) body[key] = text;
}

Sorted versions_json(const Versions& versions) {
  Sorted json = Sorted::object();
  for (const auto& [name, version] : versions) json[name] = version;
  return json;
}

Sorted payment_json(const Payment& payment) {
  Sorted json = Sorted::object();
  set(json, "amount", payment.amount);
  set(json, "debited", payment.debited);
  set(json, "credited", payment.credited);
  set(json, "reference", payment.reference);
  set(json, "payee_check", payment.payee_check);
  return json;
}

/// Copies to `to`, and answers size and digest of what was copied.
Result<Attachment> copied(int from, int to, const std::string& path) {
  Attachment attachment;
  Sha256 digest;
  std::array<char, 65'536> block{};
  while (true) {
    const ssize_t got = ::read(from, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(failure("cannot be read", path));
    if (got == 0) break;
    const std::string_view bytes(block.data(), static_cast<std::size_t>(got));
    digest.add(bytes);
    attachment.size += bytes.size();
    if (!write_exactly(to, bytes)) return tl::unexpected(failure("its copy cannot be written", path));
  }
  attachment.sha256 = digest.hex();
  return attachment;
}

}  // namespace

Result<Head> open_case(const std::string& folder, const Opening& opening, const Versions& versions, const Stamp& stamp) {
  auto appender = Appender::create(folder);
  if (!appender) return tl::unexpected(appender.error());
  Sorted body{{"language", opening.language == Language::fr ? "fr" : "en"},
              {"own_domains", opening.own_domains},
              {"versions", versions_json(versions)}};
  set(body, "title", opening.title);
  set(body, "zone", opening.zone);
  return added(*appender, "open", body, stamp);
}

Result<Head> write_row(const std::string& folder, const Written& written, const Stamp& stamp) {
  Sorted body{{"tab", written.tab == Tab::timeline ? "timeline" : "actions"}};
  set(body, "time", written.time);
  set(body, "known_at", written.known_at);
  set(body, "zone", written.zone);
  set(body, "time_text", written.time_text);
  set(body, "actor", written.actor);
  set(body, "action", written.action);
  set(body, "comment", written.comment);
  set(body, "source", written.source);
  if (written.payment) body["payment"] = payment_json(*written.payment);
  return append_one(folder, "add", body, stamp);
}

Result<Head> note_row(const std::string& folder, std::uint64_t row, const std::string& text, const Stamp& stamp) {
  return append_one(folder, "note", {{"row", row}, {"text", text}}, stamp);
}

Result<Head> strike_row(const std::string& folder, std::uint64_t row, const std::string& why, const Stamp& stamp) {
  return append_one(folder, "strike", {{"row", row}, {"why", why}}, stamp);
}

Result<Head> qualify_row(const std::string& folder, std::uint64_t row, const Remark& verdict, const Stamp& stamp) {
  return append_one(folder, "qualify", {{"row", row}, {"as", verdict.as}, {"why", verdict.text}}, stamp);
}

Result<Head> attach_file(const std::string& folder, const Attachment& attachment, const Stamp& stamp) {
  Sorted body{{"name", attachment.name},
              {"size", attachment.size},
              {"sha256", attachment.sha256},
              {"file", "evidence/" + attachment.sha256}};
  set(body, "comment", attachment.comment);
  return append_one(folder, "attach", body, stamp);
}

Result<Head> file_timestamp(const std::string& folder, const Stamped& stamped, const std::string& bytes, const Stamp& stamp) {
  const std::string digest = sha256_hex(bytes);
  const std::string name = "timestamps/" + digest + ".tsr";
  if (const auto filed = file_away(folder + "/" + name, bytes); !filed) return tl::unexpected(filed.error());
  return append_one(folder, "timestamp",
                    {{"entry", stamped.head.seq},
                     {"head", stamped.head.hash},
                     {"time", stamped.time},
                     {"serial", stamped.serial},
                     {"policy", stamped.policy},
                     {"file", name},
                     {"sha256", digest}},
                    stamp);
}

Result<Attachment> keep_file(const std::string& folder, const std::string& path) {
  const Descriptor from(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));  // a pipe is not waited for
  struct stat status {};
  if (!from.is_open() || ::fstat(from.number(), &status) != 0) return tl::unexpected(failure("cannot be read", path));
  if (!S_ISREG(status.st_mode))
    return tl::unexpected(
        Error{"is no file", path, S_ISDIR(status.st_mode) ? "a folder: attach an archive of it" : "a pipe, socket or device"});
  const std::string kept = folder + "/evidence";
  if (const auto made = make_folder(kept); !made) return tl::unexpected(made.error());
  std::string beside = kept + "/copy.XXXXXX";
  const Descriptor to(::mkostemp(beside.data(), O_CLOEXEC));
  if (!to.is_open()) return tl::unexpected(failure("cannot be written", kept));
  auto attachment = copied(from.number(), to.number(), path);
  const std::string name = attachment ? kept + "/" + attachment->sha256 : "";
  const std::array<timespec, 2> times{status.st_atim, status.st_mtim};  // the date of the file is evidence, too
  const bool is_kept = attachment && ::futimens(to.number(), times.data()) == 0 && ::fchmod(to.number(), 0444) == 0 &&
                       ::fsync(to.number()) == 0 && std::rename(beside.c_str(), name.c_str()) == 0;
  if (!is_kept) {
    const Error error = attachment ? failure("its copy cannot be written", path) : attachment.error();
    ::unlink(beside.c_str());
    return tl::unexpected(error);
  }
  sync_folder(kept);
  attachment->name = std::filesystem::path(path).filename().string();
  return attachment;
}

}  // namespace threadline::timeline::journal
