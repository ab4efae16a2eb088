// SPDX-License-Identifier: Apache-2.0
#include "base/bytes_form.h"

#include <gtest/gtest.h>

#include <limits>
#include <memory>

namespace threadline {
namespace {

enum class Colour { red, green };

struct Box {
  std::int32_t number = 0;
  char letter = 'a';
  double half = 0;
  Colour colour = Colour::red;
  std::optional<std::string> text;
  std::vector<std::pair<std::string, std::uint64_t>> list;
  Value value;

  bool operator==(const Box&) const = default;
};

struct BoxFields {
  static void of(auto& form, Is<Box> auto& it) { form(it.number, it.letter, it.half, it.colour, it.text, it.list, it.value); }
  static constexpr Colour last(Colour /*unused*/) { return Colour::green; }
};

Box full_box() {
  const Value list(Value::List{Value(true), Value(2.5), Value(std::int64_t{-7}), Value("x"), Value()});
  return {.number = std::numeric_limits<std::int32_t>::min(),
          .letter = '\xFF',
          .half = 0.5,
          .colour = Colour::green,
          .text = "",
          .list = {{"a", std::numeric_limits<std::uint64_t>::max()}, {std::string(300, 'b'), 0}},
          .value = Value(Value::Object{{"list", list}})};
}

std::optional<Box> read_box(std::string_view bytes) {
  const auto exact = std::make_unique<char[]>(bytes.size());  // so that a sanitizer sees one byte too far
  std::ranges::copy(bytes, exact.get());
  return unpacked<Box, BoxFields>({exact.get(), bytes.size()});
}

TEST(BytesForm, GivesBackWhatWasWritten) {
  EXPECT_EQ(read_box(packed<BoxFields>(full_box())), full_box());
  EXPECT_EQ(read_box(packed<BoxFields>(Box())), Box());
}

TEST(BytesForm, BytesThatAreCutOrTooManyAreNothing) {
  const std::string bytes = packed<BoxFields>(full_box());
  for (std::size_t length = 0; length < bytes.size(); ++length) EXPECT_FALSE(read_box(bytes.substr(0, length))) << length;
  EXPECT_FALSE(read_box(bytes + '\0'));
}

TEST(BytesForm, AValueBeyondItsRangeIsNothing) {
  EXPECT_FALSE((unpacked<std::uint8_t, BoxFields>(packed<BoxFields>(256))));
  EXPECT_FALSE((unpacked<std::int8_t, BoxFields>(packed<BoxFields>(-129))));
  EXPECT_FALSE((unpacked<bool, BoxFields>("\2")));
  EXPECT_FALSE((unpacked<Colour, BoxFields>("\2")));
  EXPECT_FALSE((unpacked<std::string, BoxFields>("\2x")));
  EXPECT_FALSE((unpacked<std::uint64_t, BoxFields>(std::string(10, '\xFF') + '\1')));
}

TEST(BytesForm, ValuesInValuesHaveAnEnd) {
  Value value("x");
  for (int depth = 1; depth < 16; ++depth) value = Value(Value::List{value});
  EXPECT_EQ((unpacked<Value, BoxFields>(packed<BoxFields>(value))), value);
  EXPECT_FALSE((unpacked<Value, BoxFields>(packed<BoxFields>(Value(Value::List{value})))));
}

}  // namespace
}  // namespace threadline
