// SPDX-License-Identifier: Apache-2.0
// Chains of up to ten messages in which each client quotes what it got, in its own form and language: all levels are read back.
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "quoted_letter.h"

namespace threadline::facts {
namespace {

using letters::Letter;

/// How one client quotes: what it writes before, and the mark before each line.
struct Client {
  const char* name;
  bool marks;                ///< "> " before each line
  bool subject;              ///< its introduction has one
  bool address;              ///< of the sender
  const char* introduction;  ///< F name, A address, D date of the kind, T recipient, S subject
  int date_kind;
};

constexpr Client kClients[] = {
    {"outlook_en", false, true, true, "From: F <A>\nSent: D\nTo: T\nSubject: S\n\n", 0},
    {"outlook_fr", false, true, true, "De\u00a0: F <A>\nEnvoy\u00e9\u00a0: D\n\u00c0\u00a0: T\nObjet\u00a0: S\n\n", 1},
    {"outlook_de", false, true, true, "Von: F <A>\nGesendet: D\nAn: T\nBetreff: S\n\n", 2},
    {"outlook_web", false, true, true, "________________________________\nFrom: F <A>\nSent: D\nTo: T\nSubject: S\n\n", 0},
    {"outlook_separator", false, true, true, "-----Original Message-----\nFrom: F [mailto:A]\nSent: D\nTo: T\nSubject: S\n\n", 0},
    {"gmail_en", true, false, true, "On D F <A> wrote:\n\n", 3},
    {"apple_fr", true, false, true, "Le D, F <A> a \u00e9crit :\n\n", 4},
    {"gmail_de", true, false, true, "Am D Uhr schrieb F <A>:\n\n", 5},
    {"apple_en", true, false, true, "On D, F <A> wrote:\n\n", 6},
    {"thunderbird_en", true, false, false, "On D, F wrote:\n", 7},
    {"thunderbird_nl", true, false, false, "Op D schreef F:\n", 8},
    {"yahoo_en", false, false, true, "    On D, F <A> wrote:  \n \n", 9},
    {"notes", false, true, false, "From:\tF\nTo:\tT\nDate:\tD\nSubject:\tS\n\n", 10},
    {"samsung", false, true, true, "-------- Original message --------\nFrom: F <A>\nDate: D\nTo: T\nSubject: S\n\n", 11},
};

/// The 10 + `level`th of April 2018, 9:37 or 15:37, as clients print it.
std::string date_of(int kind, int day, bool late) {
  const std::string number = std::to_string(day), hour = late ? "15" : "09", twelve = late ? "3" : "9", half = late ? "PM" : "AM";
  static const char* const kEnglish[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
  static const char* const kFrench[] = {"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"};
  static const char* const kGerman[] = {"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"};
  const std::size_t weekday = static_cast<std::size_t>(day - 1) % 7;  // 1 April 2018 was a Sunday
  const std::string english = kEnglish[weekday], french = kFrench[weekday], german = kGerman[weekday];
  switch (kind) {
    case 0: return english + ", April " + number + ", 2018 " + twelve + ":37 " + half;
    case 1: return french + " " + number + " avril 2018 " + hour + ":37";
    case 2: return german + ", " + number + ". April 2018 " + hour + ":37";
    case 3: return english.substr(0, 3) + ", Apr " + number + ", 2018 at " + twelve + ":37 " + half;
    case 4: return number + " avr. 2018 \u00e0 " + hour + ":37";
    case 5: return german.substr(0, 2) + "., " + number + ". Apr. 2018 um " + hour + ":37";
    case 6: return number + " Apr 2018, at " + hour + ":37";
    case 7: return number + "/04/2018 " + hour + ":37";
    case 8: return number + "-04-2018 om " + hour + ":37";
    case 9: return english + ", April " + number + ", 2018, " + twelve + ":37:12 " + half + " GMT+2";
    case 10: return number + "/04/2018 " + hour + ":37";
    default: return number + "/04/2018 " + hour + ":37 (GMT+02:00)";
  }
}

/// One message of a chain and the client that quotes it.
struct Level {
  const Client* client = nullptr;
  message::Address from;
  std::string date, minute, subject, words;
};

const std::vector<message::Address> kPeople = {{"Anna Berg", "anna.berg@firm.example"},
                                               {"Bruno Conti", "bruno@client.example"},
                                               {"Jean-Pierre L\u00e9vy", "jp.levy@firm.example"},
                                               {"M\u00fcller, Eva", "eva.mueller@client.example"},
                                               {"ACME Purchasing (Desk 4)", "desk@client.example"}};

const std::vector<std::string> kWords = {
    "Thank you.",
    "Merci, c'est not\u00e9.\n\nCordialement",
    "Passt, danke.\nGru\u00df",
    "The pumps arrive on Monday; the pipes come a week later because the supplier in Lyon has closed for the holidays.",
    "Please see below:\n- pumps\n- pipes\n\nBest regards\nAnna",
    "1. yes\n2. no"};

std::vector<Level> chain_of(std::mt19937& random, std::size_t length) {
  const auto pick = [&](std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most - 1)(random); };
  std::vector<Level> chain;
  for (std::size_t index = 0; index < length; ++index) {
    Level level;
    level.client = &kClients[pick(std::size(kClients))];
    level.from = kPeople[pick(kPeople.size())];
    const int day = 28 - static_cast<int>(index);
    const bool late = pick(2) == 1;
    level.date = date_of(level.client->date_kind, day, late);
    level.minute = "2018-04-" + std::to_string(day) + (late ? "T15:37" : "T09:37");
    level.subject = level.client->subject ? "RE: Offer 2018-17: pumps" : "";
    level.words = kWords[pick(kWords.size())];
    if (!level.client->address) level.from.address.clear();
    if (level.client->date_kind == 3 && level.from.name.find(',') != std::string::npos) level.from.name = "Eva M\u00fcller";
    chain.push_back(std::move(level));
  }
  return chain;
}

std::string introduction(const Level& level) {
  std::string text;
  for (const char* at = level.client->introduction; *at != '\0'; ++at) {
    const bool alone = (at == level.client->introduction || !std::isalpha(static_cast<unsigned char>(at[-1]))) &&
                       !std::isalpha(static_cast<unsigned char>(at[1]));
    if (!alone || std::string_view("FADTS").find(*at) == std::string_view::npos) {
      text += *at;
      continue;
    }
    // "A" is the French label of the recipient as well: only inside brackets is it the address.
    if (*at == 'F') text += level.from.name;
    if (*at == 'A') text += level.from.address;
    if (*at == 'D') text += level.date;
    if (*at == 'T') text += "Carla Diaz <carla@client.example>";
    if (*at == 'S') text += level.subject;
  }
  return text;
}

/// The body that quotes the chain from `index` on: words, introduction, and what the client got.
std::string body_of(const std::vector<Level>& chain, std::size_t index, std::size_t width) {
  const Level& level = chain[index];
  std::string inner = level.words + "\n\n";
  if (index + 1 < chain.size()) inner += body_of(chain, index + 1, width);
  const std::string quoted = level.client->marks ? letters::marked(inner, "> ") : inner;
  return letters::wrapped(introduction(level), width) + quoted;
}

std::string flat(std::string text) {
  for (char& c : text) c = c == '\n' ? ' ' : c;
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '>') out += c;
  return out;
}

std::string fault_of(const Level& level, const QuotedBlock& block, std::size_t index) {
  if (block.from.name != level.from.name || block.from.address != level.from.address)
    return "from " + letters::line_of(block.from);
  if (!block.date || rfc3339(block.date->at).substr(0, 16) != level.minute) return "date " + block.date_text;
  if (block.subject != level.subject) return "subject " + block.subject;
  if (flat(block.text) != flat(level.words)) return "words " + block.text;
  if (block.parent != static_cast<std::int32_t>(index) - 1) return "parent " + std::to_string(block.parent);
  if (block.level != static_cast<std::int32_t>(index) + 1) return "level " + std::to_string(block.level);
  return {};
}

/// The same, where each client also wraps what it quotes: the rests of long lines lose their marks.
std::string rewrapped_body_of(const std::vector<Level>& chain, std::size_t index, std::size_t width) {
  const Level& level = chain[index];
  std::string inner = letters::wrapped(level.words, width) + "\n\n";
  if (index + 1 < chain.size()) inner += rewrapped_body_of(chain, index + 1, width);
  const std::string quoted = level.client->marks ? letters::marked(inner, "> ") : inner;
  return letters::wrapped(introduction(level) + quoted, width);
}

/// Levels that were read right, and the first that were not.
struct ChainScore {
  std::size_t right = 0, all = 0, shown = 0;

  void add(const std::vector<Level>& chain, const Conversation& got, unsigned seed, const std::string& body) {
    all += chain.size();
    for (std::size_t index = 0; index < chain.size(); ++index) {
      const std::string fault = index < got.quoted.size() ? fault_of(chain[index], got.quoted[index], index) : "not found";
      if (fault.empty()) {
        ++right;
      } else if (shown++ < 12) {
        std::cout << "seed " << seed << " level " << index + 1 << " " << chain[index].client->name << ": " << fault << "\n"
                  << (shown < 6 ? letters::marked(body, "    | ") : "");
      }
    }
  }
  [[nodiscard]] double share() const { return static_cast<double>(right) / static_cast<double>(all); }
};

TEST(Chains, ThatWereWrappedAtEachHopAreReadMostly) {
  ChainScore score;
  for (unsigned seed = 0; seed < 600; ++seed) {
    std::mt19937 random(seed);
    const std::vector<Level> chain = chain_of(random, 2 + seed % 5);
    const std::string body = "Agreed.\n\nCarla\n\n" + rewrapped_body_of(chain, 0, 72);
    const Conversation got = letters::read(body, {});
    score.add(chain, got, seed, body);
  }
  std::cout << "re-wrapped chains: " << score.right << "/" << score.all << " levels\n";
  EXPECT_GE(score.share(), 0.97);
}

TEST(Chains, OfTenMixedClientsAreReadLevelByLevel) {
  ChainScore score;
  for (unsigned seed = 0; seed < 3'000; ++seed) {
    std::mt19937 random(seed);
    const std::vector<Level> chain = chain_of(random, 1 + seed % 10);
    const std::string body = "Agreed.\n\nCarla\n\n" + body_of(chain, 0, seed % 3 == 0 ? 72 : seed % 3 == 1 ? 76 : 998);
    const Conversation got = letters::read(body, {});
    score.add(chain, got, seed, body);
    if (got.new_text != "Agreed.\n\nCarla" && score.shown++ < 12)
      std::cout << "seed " << seed << " new text: " << got.new_text << "\n";
  }
  std::cout << "chains: " << score.right << "/" << score.all << " levels\n";
  EXPECT_GE(score.share(), 0.99);
}

}  // namespace
}  // namespace threadline::facts
