// SPDX-License-Identifier: Apache-2.0
// Starts threadline serve and Debian's chromium, and drives the page as a person would.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import puppeteer from "puppeteer-core";

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const PROGRAM = process.env.THREADLINE_PROGRAM ?? "build/dev/src/apps/threadline";

/** threadline serve as a child process; `address` once it is known. */
export async function serve(args = [], environment = {}) {
  const folder = mkdtempSync(join(tmpdir(), "threadline-browser-"));
  const child = spawn(PROGRAM, ["serve", "--no-browser", "--quiet", ...args], { env: { ...process.env, TMPDIR: folder, ...environment } });
  let said = "";
  child.stderr.on("data", (data) => { said += data; });
  const address = await new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
      if (text.includes("\n")) resolve(text.trim());
    });
    child.on("exit", (status) => reject(new Error(`threadline ended with ${status}: ${said}`)));
  });
  const stop = async () => {
    const ended = new Promise((resolve) => child.on("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { address, folder, child, stop, said: () => said };
}

export async function browser(language = "fr") {
  return puppeteer.launch({ executablePath: CHROMIUM, headless: true,
    args: ["--no-sandbox", "--disable-gpu", `--lang=${language}`, "--disable-dev-shm-usage"], env: { ...process.env, LANGUAGE: language, LANG: "C.UTF-8" } });
}

/** A tab at that address; `problems` gathers what the console and the page complain of. */
export async function tab(chromium, address, { width = 1280, height = 900, dark = false, language = "fr" } = {}) {
  const page = await chromium.newPage();
  page.problems = [];
  page.requests = [];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && page.problems.push(message.text()));
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("request", (request) => page.requests.push(request.url()));
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.evaluateOnNewDocument((wanted) => {
    Object.defineProperty(navigator, "languages", { get: () => [wanted] });
    Object.defineProperty(navigator, "language", { get: () => wanted });
  }, language);
  await page.goto(address, { waitUntil: "load" });
  await page.waitForSelector("main");
  return page;
}

/** Files (paths) as a real drop onto the page: Chromium is told of a drag that holds them. */
export async function drop(page, paths) {
  const client = await page.createCDPSession();
  const box = await (await page.$(".drop")).boundingBox();
  const at = { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 40) };
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await client.send("Input.dispatchDragEvent", { type, ...at, data });
}

/** Files through the picker's input. */
export async function choose(page, paths) {
  const input = await page.$("input.pick-files");
  await input.uploadFile(...paths);
}

/** Files whose names and bytes are given, as if they had been chosen: names that no disk would take. */
export async function chooseMade(page, files) {
  await page.evaluate((list) => {
    const transfer = new DataTransfer();
    for (const { name, text } of list) transfer.items.add(new File([new TextEncoder().encode(text)], name));
    const input = document.querySelector("input.pick-files");
    input.files = transfer.files;
    input.dispatchEvent(new Event("change"));
  }, files);
}

/** What the page and the program say of the files, for who wonders why nothing comes. */
async function seen(page) {
  return page.evaluate(async () => {
    const ask = (path) => fetch(path, { headers: { "X-Threadline-Token": sessionStorage.getItem("token") } }).then((answer) => answer.text(), String);
    return { address: location.href, files: document.querySelector(".files")?.textContent, reading: document.querySelector(".reading")?.textContent,
      hidden: document.querySelector(".reading")?.hidden, progress: await ask("/api/v1/progress?since=0") };
  }).catch(String);
}

/** Until nothing is being sent or read, and the rows are those of the end. */
export async function settled(page, files, milliseconds = 30000) {
  const isSettled = page.waitForFunction((count) => {
    const states = [...document.querySelectorAll(".files li .state")];
    const ended = states.filter((one) => ["done", "bad", "known"].some((kind) => one.classList.contains(kind)));
    return states.length >= count && ended.length === states.length && document.querySelector(".reading")?.hidden !== false;
  }, { timeout: milliseconds, polling: 50 }, files);
  await isSettled.catch(async (error) => { throw new Error(`${error.message}: ${JSON.stringify(await seen(page))}`); });
  await new Promise((resolve) => setTimeout(resolve, 400));
}

export const text = (page, selector) => page.$eval(selector, (node) => node.textContent.replace(/\s+/g, " ").trim());
export const read = (path) => readFileSync(path);
export { basename };
