// SPDX-License-Identifier: Apache-2.0
// Hears how far threadline has come for as long as the page is open, whatever becomes of a connection.

import { get, Refused, stream } from "./server.js";

const ASK_EACH = 1000;     // ms, where there is no stream
const SILENCE = 4000;      // ms without an event: threadline says something each second, so the stream is dead
const ANSWER = 8000;       // ms in which an answer comes
const LONGEST_WAIT = 4000; // ms between two tries
const GONE_AFTER = 2;      // tries in vain before the person is told

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** One stream, until it ends, is silent or `stopper` stops it. */
async function hearStream(values, take, stopper) {
  let silence = 0;
  const listenOn = () => {
    clearTimeout(silence);
    silence = setTimeout(() => stopper.abort(), SILENCE);
  };
  listenOn();
  try {
    for await (const event of stream("events", values, stopper.signal)) {
      listenOn();
      take(event);
    }
  } finally {
    clearTimeout(silence);
    stopper.abort();
  }
}

/**
 * Calls `hear` with what is new, first with all there is; `tell("ok" | "gone" | "refused")` with how it goes. Each round begins with
 * a question, so that what a lost connection did not tell is told then. One tab of a browser has the stream and the others ask:
 * a browser opens six connections to one address, and as many streams would leave none for anything else.
 * Answers a function that begins anew, in the language of then.
 */
export function follow(language, hear, tell) {
  let since = 0;
  let stopper = new AbortController();
  const take = (event) => {
    since = event.version;
    hear(event);
    tell("ok");
  };
  const values = () => ({ since, lang: language() });
  const hearMore = async (lock) => {
    if (!lock) return false;
    await hearStream(values(), take, stopper);
    return true;
  };
  const round = async () => {
    take(await get("progress", values(), ANSWER));
    stopper = new AbortController();
    const had = await navigator.locks?.request("threadline-events", { ifAvailable: true }, hearMore)
      .catch(() => false);
    if (!had) await pause(ASK_EACH);
  };
  const rounds = async () => {
    for (let vain = 0; ;) {
      try {
        await round();
        vain = 0;
      } catch (error) {
        if (error instanceof Refused && error.status === 401) return tell("refused");
        vain += 1;
        if (vain >= GONE_AFTER) tell("gone");
        await pause(Math.min(300 * 2 ** vain, LONGEST_WAIT));
      }
    }
  };
  rounds();
  return () => {
    since = 0;
    stopper.abort();
  };
}
