// SPDX-License-Identifier: Apache-2.0
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string_view>

#include "apps/cli/command.h"
#include "apps/cli/memory_option.h"
#include "apps/cli/options.h"
#include "apps/gateway/listener.h"
#include "apps/gateway/log_line.h"
#include "apps/gateway/message_failure.h"
#include "apps/gateway/metrics.h"
#include "apps/gateway/supervisor.h"

namespace threadline::apps {
namespace {

constexpr std::size_t kKeyBytes = 16;  ///< at least
constexpr std::string_view kExamples = R"(Examples:
  threadline milter --policy /etc/threadline/policy.json --socket unix:/var/spool/postfix/threadline/milter.sock
      and in Postfix: smtpd_milters = unix:threadline/milter.sock, non_smtpd_milters = $smtpd_milters
  threadline milter --policy policy.json --socket inet:8891@127.0.0.1 --metrics 127.0.0.1:9099 --dry-run
      nothing is done, the log says what would be
  kill -HUP PID
      reads the policy again; a wrong one leaves the old in force

One JSON line a message on standard error. Exit status: 0 ended by SIGTERM; 64 wrong usage or policy; 69 it could not listen.)";

struct MilterOptions {
  EvidenceOptions evidence;
  std::string memory;
  std::string socket = "unix:/run/threadline/milter.sock", user, metrics, key_file;
  gateway::SocketRights rights;
  std::string mode = "0660";
  unsigned drain_seconds = 60;
  bool dry_run = false;
};

constexpr int kUnavailable = 69;  ///< EX_UNAVAILABLE

void add_milter_options(CLI::App& command, MilterOptions& options) {
  add_policy_options(command, options.evidence);
  command
      .add_option("--socket", options.socket,
                  "unix:/path (default /run/threadline/milter.sock), inet:port@host, or fd:3 (systemd)")
      ->type_name("PLACE");
  command.add_option("--socket-group", options.rights.group, "group that may connect to the Unix socket")->type_name("GROUP");
  command.add_option("--socket-mode", options.mode, "its rights (default 0660)")->type_name("MODE");
  command.add_option("--user", options.user, "become this user once the socket is open")->type_name("NAME");
  command.add_option("--metrics", options.metrics, "answer /metrics and /healthz there: 127.0.0.1:port or unix:/path")
      ->type_name("PLACE");
  command
      .add_option("--key-file", options.key_file,
                  "key of the verdict header's MAC, 16 bytes at least (default: a new one at each start)")
      ->type_name("FILE");
  command.add_option("--memory", options.memory, "judge by what this store knows, and let it learn")->type_name("FILE");
  command.add_option("--jobs", options.evidence.jobs, "confined processes that read mail (default: the cores)")
      ->check(CLI::Range(1U, 1'024U));
  command.add_option("--drain", options.drain_seconds, "seconds that a worker has to end what it has (default 60)")
      ->type_name("SECONDS");
  command.add_flag("--dry-run", options.dry_run, "do nothing, log what would be done (also in the policy)");
}

/// The policy as it is now, and what else the command line says.
Result<pipeline::RunSettings> settings_of(const MilterOptions& options) {
  auto settings = run_settings(options.evidence);
  if (!settings) return settings;
  if (!names_own_side(settings->policy))
    return tl::unexpected(
        Error{"the policy names no own side", options.evidence.policy, R"("own": {"domains": [...]}, or --own-domain D)"});
  if (options.dry_run) settings->policy.gateway.dry_run = true;
  settings->infer_own_side = false;
  settings->interrupted = {};
  gateway::take_limits(settings->policy.gateway, settings->limits);
  return settings;
}

Result<std::string> key_of(const std::string& path) {
  if (path.empty()) {
    std::array<char, 32> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
      return tl::unexpected(Error{"no random bytes for a key", {}, {}});
    return std::string(bytes.data(), bytes.size());
  }
  auto key = read_file(path);
  if (!key) return key;
  while (key->ends_with('\n') || key->ends_with('\r')) key->pop_back();
  if (key->size() < kKeyBytes) return tl::unexpected(Error{"the key is too short", path, "16 bytes at least"});
  return key;
}

Result<unsigned> mode_of(const std::string& written) {
  std::size_t used = 0;
  const unsigned long mode = written.find_first_not_of("01234567") == std::string::npos && written.size() < 6 && !written.empty()
                                 ? std::stoul(written, &used, 8)
                                 : 01000;
  if (mode > 0777) return tl::unexpected(Error{"not the rights of a file: " + written, {}, "--socket-mode 0660"});
  return static_cast<unsigned>(mode);
}

Result<void> metrics_checked(const MilterOptions& options) {
  if (options.metrics.empty()) return {};
  const Error wrong{"metrics are for this host alone: " + options.metrics, {}, "127.0.0.1:9099 or unix:/path"};
  if (!gateway::is_local_place(options.metrics) || !gateway::check_place(gateway::metrics_socket(options.metrics)))
    return tl::unexpected(wrong);
  return {};
}

Result<gateway::SupervisorSettings> supervisor_settings(MilterOptions& options) {
  if (const auto settings = settings_of(options); !settings) return tl::unexpected(settings.error());
  for (const auto& checked : {gateway::check_place(options.socket), metrics_checked(options), gateway::check_user(options.user),
                              gateway::check_group(options.rights.group), check_memory(options.memory, options.evidence)}) {
    if (!checked) return tl::unexpected(checked.error());
  }
  const auto mode = mode_of(options.mode);
  if (!mode) return tl::unexpected(mode.error());
  options.rights.mode = *mode;
  auto key = key_of(options.key_file);
  if (!key) return tl::unexpected(key.error());
  gateway::SupervisorSettings made;
  made.read_settings = [&options] { return settings_of(options); };
  made.language = language_of(options.evidence);
  made.key = *std::move(key);
  made.memory_path = options.memory;
  made.open_memory = [&options](std::uint32_t days) { return open_memory(options.memory, days, "milter", true); };
  made.drain_ms = options.drain_seconds * 1'000;
  return made;
}

/// Takes mail at the open socket until it is ended.
int serve(const MilterOptions& options, gateway::SupervisorSettings& settings) {
  if (!options.user.empty()) {
    if (const auto changed = gateway::become_user(options.user); !changed) return fail(changed.error(), kUnavailable);
  }
  if (!options.metrics.empty()) {
    const auto metrics = gateway::open_listener(gateway::metrics_socket(options.metrics), {});
    if (!metrics) return fail(metrics.error(), kUnavailable);
    settings.metrics_listener = *metrics;
  }
  const auto done = gateway::supervise(settings);
  if (settings.metrics_listener >= 0) {
    close(settings.metrics_listener);
    gateway::remove_socket(options.metrics);
  }
  return done ? static_cast<int>(kDone) : fail(done.error(), kGatewayUsage);
}

int milter(MilterOptions& options) {
  if (options.evidence.policy.empty() && options.evidence.own_domains.empty())
    return fail({"milter needs to know the own side", {}, "--policy FILE, or --own-domain D"}, kGatewayUsage);
  gateway::hold_signals();
  auto settings = supervisor_settings(options);
  if (!settings) return fail(settings.error(), kGatewayUsage);
  const auto listener = gateway::open_listener(options.socket, options.rights);
  if (!listener) return fail(listener.error(), kUnavailable);
  settings->listener = *listener;
  const int status = serve(options, *settings);
  close(settings->listener);
  gateway::remove_socket(options.socket);
  return status;
}

}  // namespace

void add_milter(CLI::App& app, Work& work) {
  CLI::App* command = app.add_subcommand("milter", "the gateway daemon (sendmail/Postfix milter protocol)");
  const auto options = std::make_shared<MilterOptions>();
  add_milter_options(*command, *options);
  command->footer(std::string(kExamples));
  command->callback([&work, options] { work = [options] { return milter(*options); }; });
}

}  // namespace threadline::apps
