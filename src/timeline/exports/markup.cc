// SPDX-License-Identifier: Apache-2.0
#include "timeline/exports/markup.h"

#include "timeline/visible.h"

namespace threadline::timeline {

std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char byte : visible(text)) {
    switch (byte) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default: escaped += byte;
    }
  }
  return escaped;
}

void Markup::element(std::string_view name, std::string_view text, std::string_view css_class) {
  out_ << '<' << name;
  if (!css_class.empty()) out_ << " class=\"" << css_class << '"';
  out_ << '>' << html_text(text) << "</" << name << '>';
}

void Markup::begin_table(const std::vector<std::string_view>& title_keys, std::string_view css_class) {
  out_ << "<table";
  if (!css_class.empty()) out_ << " class=\"" << css_class << '"';
  out_ << ">\n<thead><tr>";
  titles_.clear();
  for (const std::string_view key : title_keys) titles_.push_back(key.empty() ? std::string() : word(key));
  for (const std::string& title : titles_) element("th", title);
  out_ << "</tr></thead>\n<tbody>\n";
}

void Markup::record(const std::vector<std::string>& cells) {
  out_ << "<tr>";
  for (std::size_t at = 0; at < cells.size(); ++at) {
    out_ << "<td";
    if (at < titles_.size()) out_ << " data-title=\"" << html_text(titles_[at]) << '"';
    out_ << '>' << html_text(cells[at]) << "</td>";
  }
  out_ << "</tr>\n";
}

void Markup::named(std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out_ << "<tr>";
  element("th", name);
  element("td", value);
  out_ << "</tr>\n";
}

}  // namespace threadline::timeline
