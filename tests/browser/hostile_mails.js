// SPDX-License-Identifier: Apache-2.0
// Mails that try to load something, or to run something.

/** A body with every remote load we know of, at that host. */
export function loadingBody(host) {
  const url = `http://${host}/`;
  return `<!DOCTYPE html><html><head><base href="${url}base/"><meta http-equiv="refresh" content="0;url=${url}refresh">
<link rel="stylesheet" href="${url}css"><link rel="preconnect" href="${url}preconnect"><link rel="dns-prefetch" href="//${host}/dns">
<link rel="prefetch" href="${url}prefetch"><link rel="preload" as="image" href="${url}preload"><link rel="modulepreload" href="${url}modulepreload">
<link rel="icon" href="${url}icon"><link rel="manifest" href="${url}manifest"><link rel="prerender" href="${url}prerender">
<style>@import url("${url}import"); @font-face{font-family:x;src:url("${url}font")} body{background:url("${url}bodybg");font-family:x} li{list-style:url(${url}list)}
div::before{content:url(${url}content)} p{cursor:url(${url}cursor),auto}</style>
<script src="${url}script"></script><script>fetch("${url}fetch");new Image().src="${url}newimage";navigator.sendBeacon("${url}beacon");new WebSocket("ws://${host}/ws")</script></head>
<body background="${url}background" onload="fetch('${url}onload')">
<img src="${url}img"><img srcset="${url}srcset 1x"><picture><source srcset="${url}source"><img src="${url}pictureimg"></picture>
<image src="${url}image"><input type="image" src="${url}input"><video src="${url}video" poster="${url}poster" autoplay><track src="${url}track"></video>
<audio src="${url}audio" autoplay></audio><object data="${url}object" type="text/html"></object><embed src="${url}embed"><applet code="${url}applet"></applet>
<iframe src="${url}iframe"></iframe><iframe srcdoc="<img src='${url}srcdocimg'>"></iframe><frame src="${url}frame">
<svg width="9" height="9"><image href="${url}svgimage" width="9" height="9"/><use href="${url}svguse#x"/><script href="${url}svgscript"></script>
<style>@import "${url}svgimport";</style><foreignObject><img src="${url}foreign"></foreignObject></svg>
<math><mtext><img src="${url}mathimg"></mtext></math>
<form action="${url}form" id="f"><input name="a"><button formaction="${url}formaction">x</button></form><script>f.submit()</script>
<div style="background:url(${url}stylebg)">a</div><div style="background-image:image-set('${url}imageset' 1x)">b</div><div style="border-image:url(${url}borderimage)">c</div>
<div style="background:u&#114;l(${url}entity)">d</div><div style="list-style-image:url(${url}liststyle)">e</div><table background="${url}tablebg"><tr><td background="${url}tdbg">f</td></tr></table>
<a href="${url}link" ping="${url}ping">link</a><bgsound src="${url}bgsound"><body background="${url}secondbody"><portal src="${url}portal"></portal>
<p>IBAN FR76 1999 8004 1200 0123 4567 850</p></body></html>`;
}

export function loadingMail(host) {
  return `From: Eve <eve@shop.example>\r\nTo: bert@payer.example\r\nDate: Thu, 5 Apr 2018 10:37:00 +0200\r\nMessage-ID: <load@shop.example>\r\nSubject: remote <img src="http://${host}/subject">\r\n`
    + `MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: http://${host}/location\r\nX-Face: http://${host}/face\r\n\r\n${loadingBody(host)}\r\n`;
}

/** Texts that run where they are taken for markup; each would set `window.ran`. */
export const SCRIPTS = [
  "<script>window.ran='script'</script>", "<img src=x onerror=\"window.ran='img'\">", "<svg onload=\"window.ran='svg'\">", "\"><img src=x onerror=window.ran='quote'>",
  "'><svg/onload=window.ran='single'>", "javascript:window.ran='url'", "<iframe srcdoc=\"<script>parent.ran='frame'</script>\">", "{{constructor.constructor('window.ran=1')()}}",
  "${window.ran='template'}", "</textarea><script>window.ran='textarea'</script>", "</title><script>window.ran='title'</script>", "<math><mi xlink:href=\"javascript:window.ran='math'\">",
  "--><script>window.ran='comment'</script>", "</script><script>window.ran='end'</script>", "<details open ontoggle=window.ran='toggle'>", "<a href=javascript:window.ran='a'>x</a>",
  "\u2028window.ran='line'", "<input autofocus onfocus=window.ran='focus'>", "<style>@keyframes x{}</style><b style=animation-name:x onanimationstart=window.ran='anim'>"];

/** A mail with that text in every field that the page shows. */
export function scriptMail(text, number) {
  const word = (value) => `=?utf-8?B?${Buffer.from(value).toString("base64")}?=`;
  const cut = (value) => value.replace(/[\r\n]/g, " ");
  return `Received: from ${cut(text).replace(/[^\x20-\x7e]/g, "")} (unknown [192.0.2.7]) by mx.payer.example with ESMTPS id 1; Thu, 5 Apr 2018 10:37:${String(10 + number)} +0200\r\n`
    + `Authentication-Results: mx.payer.example; spf=fail smtp.mailfrom=${cut(text).replace(/[^\x21-\x7e;]/g, "")}\r\n`
    + `From: ${word(text)} <eve${number}@shop.example>\r\nReply-To: ${word(text)} <reply@other.example>\r\nTo: ${word(text)} <bert@payer.example>\r\nCc: ${word(text)} <c@payer.example>\r\n`
    + `Date: Thu, 5 Apr 2018 10:37:${String(10 + number)} +0200\r\nMessage-ID: <x${number}@shop.example>\r\nSubject: ${word(text)}\r\nX-Mailer: ${cut(text).replace(/[^\x20-\x7e]/g, "")}\r\n`
    + `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n`
    + `<p>${text}</p>${text}<p title="${text}">IBAN FR76 1999 8004 1200 0123 4567 850</p>\r\n--b\r\nContent-Type: application/octet-stream; name="${word(text)}"\r\n`
    + `Content-Disposition: attachment; filename="${word(text)}"\r\n\r\nx\r\n--b--\r\n`;
}
