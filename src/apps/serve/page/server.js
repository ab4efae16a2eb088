// SPDX-License-Identifier: Apache-2.0
// Talks to threadline on this machine, and to nobody else (docs/openapi.json).

const KEY = "X-Threadline-Token";
const API = "/api/v1/";
const LONGEST = 60000;  // ms of one question

/** The key stands behind "#" of the address that threadline printed; from there it goes to this tab's memory. */
function takeToken() {
  const fragment = location.hash.slice(1);
  if (/^[0-9a-f]{64}$/.test(fragment)) {
    sessionStorage.setItem("token", fragment);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem("token") ?? "";
}
const token = takeToken();

export class Refused extends Error {
  constructor(status, why) {
    super(why);
    this.status = status;
  }
}

function address(path, values) {
  const query = new URLSearchParams(Object.entries(values ?? {}).filter(([, value]) => value !== "" && value !== undefined && value !== null));
  const text = query.toString();
  return API + path + (text ? `?${text}` : "");
}

async function asked(response) {
  if (response.ok) return response;
  let why = String(response.status);
  try {
    why = (await response.json()).error ?? why;
  } catch {
    // no JSON: the number is all there is
  }
  throw new Refused(response.status, why);
}

/** Asks; an answer that does not come is an error after a while. */
export async function get(path, values, longest = LONGEST) {
  return (await asked(await fetch(address(path, values), { headers: { [KEY]: token }, signal: AbortSignal.timeout(longest) }))).json();
}

export async function post(path, body) {
  const response = await fetch(address(path), {
    method: "POST", headers: { [KEY]: token, "Content-Type": "application/json" }, body: JSON.stringify(body) });
  return (await asked(response)).json();
}

/** Saves an export as a file of the browser's; answers its name. */
export async function download(format, language) {
  const response = await asked(await fetch(address(`export/${format}`, { lang: language }), { headers: { [KEY]: token } }));
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "timeline";
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  return name;
}

/** Sends one file; `progress` hears of the part that is sent, from 0 to 1. */
export function upload(file, name, language, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address("evidence", { lang: language }));
    request.setRequestHeader(KEY, token);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-Threadline-Name", encodeURIComponent(name));
    if (file.lastModified > 0) request.setRequestHeader("X-Threadline-Modified", String(file.lastModified));
    request.upload.addEventListener("progress", (event) => event.lengthComputable && progress(event.loaded / event.total));
    request.addEventListener("error", () => reject(new Refused(0, "")));
    request.addEventListener("load", () => {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // the status says enough
      }
      if (request.status >= 200 && request.status < 300) resolve(answer);
      else reject(new Refused(request.status, answer.error ?? String(request.status)));
    });
    request.send(file);
  });
}

/** The events of a stream, one after another, until it ends. */
export async function* stream(path, values, signal) {
  const response = await asked(await fetch(address(path, values), { headers: { [KEY]: token }, signal }));
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    rest += piece.value;
    for (let end = rest.indexOf("\n\n"); end >= 0; end = rest.indexOf("\n\n")) {
      const event = JSON.parse(rest.slice("data: ".length, end));
      rest = rest.slice(end + 2);
      yield event;
    }
  }
}
