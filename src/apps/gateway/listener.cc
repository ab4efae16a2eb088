// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/listener.h"

#include <fcntl.h>
#include <grp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <optional>

namespace threadline::gateway {
namespace {

constexpr int kBacklog = 1'024;

Error failed(const std::string& what, const std::string& place) { return {what + ": " + std::strerror(errno), place, {}}; }

std::string path_of(const std::string& place) {
  for (const std::string_view start : {"unix:", "local:"}) {
    if (place.starts_with(start)) return place.substr(start.size());
  }
  return place.starts_with('/') ? place : std::string{};
}

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::ranges::copy(path.substr(0, sizeof address.sun_path - 1), address.sun_path);
  return address;
}

/// Whether no process listens there any more.
bool is_left_behind(const std::string& path) {
  const sockaddr_un address = address_of(path);
  const int asker = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (asker < 0) return false;
  const bool is_refused =
      connect(asker, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 && errno == ECONNREFUSED;
  close(asker);
  return is_refused;
}

/// A socket that a process left behind; never one that somebody listens at, or a file of another kind.
void remove_old(const std::string& path) {
  struct stat told {};
  if (lstat(path.c_str(), &told) == 0 && S_ISSOCK(told.st_mode) && is_left_behind(path)) unlink(path.c_str());
}

bool give_rights(const std::string& path, const SocketRights& rights) {
  if (chmod(path.c_str(), static_cast<mode_t>(rights.mode)) != 0) return false;
  if (rights.group.empty()) return true;
  const group* found = getgrnam(rights.group.c_str());
  if (found == nullptr) errno = ENOENT;
  return found != nullptr && chown(path.c_str(), static_cast<uid_t>(-1), found->gr_gid) == 0;
}

Result<int> listen_at_path(const std::string& path, const SocketRights& rights) {
  const sockaddr_un address = address_of(path);
  remove_old(path);
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) return tl::unexpected(failed("no socket", path));
  const mode_t before = umask(0177);
  const bool is_bound = bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  umask(before);
  if (is_bound && give_rights(path, rights) && listen(listener, kBacklog) == 0) return listener;
  const Error error = failed("cannot listen", path);
  close(listener);
  return tl::unexpected(error);
}

/// "port@host", as libmilter writes it.
Result<int> listen_at_port(const std::string& place, const std::string& port_at_host) {
  const std::size_t at = std::min(port_at_host.find('@'), port_at_host.size());
  const std::string port = port_at_host.substr(0, at);
  const std::string host = at < port_at_host.size() ? port_at_host.substr(at + 1) : "127.0.0.1";
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), port.c_str(), &wanted, &found) != 0)
    return tl::unexpected(Error{"no such address", place, "inet:port@host, as inet:8891@127.0.0.1"});
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, freeaddrinfo);
  const int listener = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  const bool listens = listener >= 0 && setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
                       setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0 &&
                       bind(listener, found->ai_addr, found->ai_addrlen) == 0 && listen(listener, kBacklog) == 0;
  if (listens) return listener;
  const Error error = failed("cannot listen", place);
  if (listener >= 0) close(listener);
  return tl::unexpected(error);
}

/// Decimal digits alone, at most `most`.
std::optional<unsigned> number_in(std::string_view digits, unsigned most) {
  unsigned number = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_whole = problem == std::errc{} && end == digits.data() + digits.size();
  return is_whole && number <= most ? std::optional(number) : std::nullopt;
}

bool can_be_port_at_host(std::string_view written) {
  const std::size_t at = std::min(written.find('@'), written.size());
  return number_in(written.substr(0, at), 65'535).value_or(0) > 0 && at + 1 != written.size();
}

Result<int> take_inherited(const std::string& place, std::string_view number) {
  int descriptor = -1;
  std::from_chars(number.data(), number.data() + number.size(), descriptor);
  int listens = 0;
  socklen_t length = sizeof listens;
  if (descriptor < 3 || getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) != 0 || listens == 0)
    return tl::unexpected(Error{"no listening socket was handed over", place, "fd:3 with a systemd socket unit"});
  const int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // a Unix socket refuses it, and needs none
  fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  return descriptor;
}

}  // namespace

Result<void> check_place(const std::string& place) {
  const Error wrong{"not a socket", place, "unix:/path, inet:port@host or fd:3"};
  for (const std::string_view start : {"inet:", "inet6:"}) {
    if (!place.starts_with(start)) continue;
    return can_be_port_at_host(std::string_view(place).substr(start.size())) ? Result<void>{} : tl::unexpected(wrong);
  }
  if (place.starts_with("fd:"))
    return number_in(std::string_view(place).substr(3), 1U << 20U) ? Result<void>{} : tl::unexpected(wrong);
  const std::string path = path_of(place);
  if (path.empty()) return tl::unexpected(wrong);
  if (path.size() >= sizeof sockaddr_un{}.sun_path) return tl::unexpected(Error{"the path of a socket is too long", place, {}});
  return {};
}

Result<void> check_group(const std::string& name) {
  if (name.empty() || getgrnam(name.c_str()) != nullptr) return {};
  return tl::unexpected(Error{"no such group: " + name, {}, "--socket-group postfix"});
}

Result<void> check_user(const std::string& name) {
  if (name.empty() || getpwnam(name.c_str()) != nullptr) return {};
  return tl::unexpected(Error{"no such user: " + name, {}, "adduser --system --group threadline"});
}

Result<int> open_listener(const std::string& place, const SocketRights& rights) {
  if (const auto checked = check_place(place); !checked) return tl::unexpected(checked.error());
  if (place.starts_with("fd:")) return take_inherited(place, std::string_view(place).substr(3));
  for (const std::string_view start : {"inet:", "inet6:"}) {
    if (place.starts_with(start)) return listen_at_port(place, place.substr(start.size()));
  }
  return listen_at_path(path_of(place), rights);
}

void remove_socket(const std::string& place) {
  if (const std::string path = path_of(place); !path.empty()) remove_old(path);
}

Result<int> open_inner_listener(JudgePlace& place) {
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  place.address.sun_family = AF_UNIX;
  place.length = sizeof place.address;
  const bool listens =
      listener >= 0 && bind(listener, reinterpret_cast<const sockaddr*>(&place.address), sizeof(sa_family_t)) == 0 &&
      getsockname(listener, reinterpret_cast<sockaddr*>(&place.address), &place.length) == 0 && listen(listener, kBacklog) == 0;
  if (listens) return listener;
  return tl::unexpected(failed("no socket between the processes", {}));
}

Result<void> become_user(const std::string& name) {
  const passwd* user = getpwnam(name.c_str());
  if (user == nullptr) return tl::unexpected(Error{"no such user: " + name, {}, "adduser --system --group threadline"});
  const bool is_done = initgroups(name.c_str(), user->pw_gid) == 0 && setgid(user->pw_gid) == 0 && setuid(user->pw_uid) == 0;
  if (is_done) return {};
  return tl::unexpected(failed("cannot become user " + name, {}));
}

}  // namespace threadline::gateway
