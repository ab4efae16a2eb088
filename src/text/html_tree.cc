// SPDX-License-Identifier: Apache-2.0
#include "text/html_tree.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>

#include <new>
#include <string>

namespace threadline::text {
namespace {

constexpr std::string_view kFrame =
    "<html><body>";  // everything stands in the body; a mail's own html, head and body are not fed

struct FreeContext {
  void operator()(htmlParserCtxtPtr context) const { htmlFreeParserCtxt(context); }
};

}  // namespace

struct HtmlTree::State {
  Listener& listener;
  std::unique_ptr<htmlParserCtxt, FreeContext> context;
  std::string tag;
  bool is_framed = false;

  void feed(std::string_view begin, std::string_view name) {
    tag.assign(begin).append(name).append(">");
    htmlParseChunk(context.get(), tag.data(), static_cast<int>(tag.size()), 0);
  }

  static void on_start(void* self, const xmlChar* name, const xmlChar**) noexcept {
    auto* state = static_cast<State*>(self);
    if (state->is_framed) state->listener.on_open(reinterpret_cast<const char*>(name));
  }
  static void on_end(void* self, const xmlChar* name) noexcept {
    auto* state = static_cast<State*>(self);
    if (state->is_framed) state->listener.on_close(reinterpret_cast<const char*>(name));
  }
};

HtmlTree::HtmlTree(Listener& listener) : state_(new State{listener, nullptr, {}, false}) {
  static const bool is_initialised = (xmlInitParser(), true);
  static_cast<void>(is_initialised);
  xmlSAXHandler sax{};
  sax.startElement = State::on_start;
  sax.endElement = State::on_end;
  state_->context.reset(htmlCreatePushParserCtxt(&sax, state_.get(), kFrame.data(), static_cast<int>(kFrame.size()), nullptr,
                                                 XML_CHAR_ENCODING_UTF8));
  if (!state_->context) throw std::bad_alloc();
  htmlCtxtUseOptions(state_->context.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
  htmlParseChunk(state_->context.get(), kFrame.data(), 0, 0);
  state_->is_framed = true;
}

HtmlTree::~HtmlTree() { state_->is_framed = false; }

void HtmlTree::open(std::string_view name) { state_->feed("<", name); }
void HtmlTree::close(std::string_view name) { state_->feed("</", name); }

std::string libxml2_version() { return LIBXML_DOTTED_VERSION; }

}  // namespace threadline::text
