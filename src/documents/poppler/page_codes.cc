// SPDX-License-Identifier: Apache-2.0
#include "documents/poppler/page_codes.h"

#include <PDFDoc.h>
#include <SplashOutputDev.h>
#include <ZXing/ReadBarcode.h>
#include <splash/SplashBitmap.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "documents/poppler/code_places.h"

namespace threadline::documents::poppler {
namespace {

/// How a page becomes a picture: as pdftoppm -scale-to.
struct Scale {
  double dots_per_inch = 0;
  int width = 0, height = 0;  ///< pixels
};

Scale scale_of(PDFDoc& document, int page) {
  constexpr double kPoints = 72;
  double width = document.getPageMediaWidth(page), height = document.getPageMediaHeight(page);
  const int turned = document.getPageRotate(page);
  if (turned == 90 || turned == 270) std::swap(width, height);
  const double longer = std::max(width, height);
  if (!(longer > 0)) return {};
  const double pixels = kLongSide / longer;
  const auto side = [pixels](double points) { return std::max(static_cast<int>(std::ceil(points * pixels)), 1); };
  return {.dots_per_inch = kPoints * pixels, .width = side(width), .height = side(height)};
}

void display(PDFDoc& document, OutputDev& on, int page, const Scale& scale, const Place& place) {
  document.displayPageSlice(&on, page, scale.dots_per_inch, scale.dots_per_inch, 0, true, false, false, place.x, place.y,
                            place.width, place.height);
}

std::vector<Place> places_of(PDFDoc& document, int page, const Scale& scale) {
  CodePlaces places(scale.width, scale.height);
  display(document, places, page, scale, {0, 0, scale.width, scale.height});
  return places.places();
}

void read_codes(const SplashBitmap& picture, std::uint32_t page, const Heard& heard) {
  const ZXing::ImageView view(picture.getDataPtr(), picture.getWidth(), picture.getHeight(), ZXing::ImageFormat::Lum,
                              picture.getRowSize());
  for (const auto& code : ZXing::ReadBarcodes(view, ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode))) {
    const auto& bytes = code.bytes();
    if (!heard.piece(PdfPiece::code, page, {reinterpret_cast<const char*>(bytes.data()), bytes.size()})) return;
  }
}

}  // namespace

void read_page_codes(PDFDoc& document, int page, const Heard& heard) {
  constexpr int kRowMultiple = 4;
  const Scale scale = scale_of(document, page);
  const auto places = scale.width == 0 ? std::vector<Place>{} : places_of(document, page, scale);
  if (places.empty()) return;
  SplashColor white{255, 255, 255};
  SplashOutputDev drawing(splashModeMono8, kRowMultiple, false, white);
  drawing.startDoc(&document);
  for (const Place& place : places) {
    display(document, drawing, page, scale, place);
    read_codes(*drawing.getBitmap(), static_cast<std::uint32_t>(page), heard);
  }
}

}  // namespace threadline::documents::poppler
