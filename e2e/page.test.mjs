// The page in a real browser, over the program as it is released: `node --test`, with CLSPACK and CHROMIUM naming
// the programs. Pictures of the screens go to the folder that SHOTS names.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const program = resolve(process.env.CLSPACK ?? "../target/release/clspack");
const examples = resolve(import.meta.dirname, "../examples");
const axe = readFileSync(join(import.meta.dirname, "node_modules/axe-core/axe.min.js"), "utf8");
const shots = process.env.SHOTS;
const screens = ["route", "company", "product", "labels", "support", "answers", "evidence", "check", "documents", "sign", "file", "hand-over"];
const running = new Set();
let browser;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"] });
});
after(async () => {
  for (const end of running) end();
  await browser.close();
});

// Starts the program on a folder of its own with copies of these examples.
const served = async (...names) => {
  const folder = mkdtempSync(join(tmpdir(), "clspack-e2e-"));
  for (const name of names) cpSync(join(examples, name), join(folder, name), { recursive: true });
  const child = spawn(program, ["serve", folder, "--no-open"], { stdio: ["ignore", "pipe", "ignore"] });
  const url = await new Promise((done, fail) => {
    child.stdout.once("data", (data) => done(String(data).trim()));
    child.once("exit", (code) => fail(new Error(`the program ended with ${code}`)));
  });
  const end = () => { running.delete(end); child.kill("SIGKILL"); rmSync(folder, { recursive: true, force: true }); };
  running.add(end);
  return { folder, url, child, end };
};

// Opens the page; whatever it does wrong in the browser fails the test.
const opened = async ({ url }, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", acceptDownloads: true, ...options });
  const page = await context.newPage();
  const origin = new URL(url).origin;
  page.faults = [];
  page.on("pageerror", (fault) => page.faults.push(fault.message));
  page.on("console", (line) => { if (line.type() === "error") page.faults.push(line.text()); });
  page.on("request", (request) => {
    const asked = request.url();
    if (!asked.startsWith(`${origin}/`) && !asked.startsWith("blob:") && !asked.startsWith("data:") && !asked.startsWith("chrome-extension:")) page.faults.push(`asked for ${asked}`);
  });
  await page.goto(url);
  await page.locator("#new").waitFor();
  return page;
};

const open = async (page, app) => {
  await page.click(`.tile[data-app="${app}"]`);
  await page.locator("#steps li").first().waitFor();
};

const go = async (page, screen) => {
  await page.click(`#steps [data-go="${screen}"]`);
  await page.locator(`#steps [data-go="${screen}"][aria-current]`).waitFor();
};

// Writes into a field as a person does, and waits until the page has saved it.
const write = async (page, path, value) => {
  const field = page.locator(`[id="f:${path}"]`);
  const answer = page.waitForResponse((one) => one.url().endsWith("/set"));
  const isChoice = await field.evaluate((one) => one.tagName === "SELECT");
  if (isChoice) await field.selectOption(value);
  else { await field.fill(value); await field.blur(); }
  page.strokes = (page.strokes ?? 0) + (isChoice ? 2 : value.length + 1);
  assert.equal((await answer).status(), 200, path);
  await page.waitForResponse((one) => one.url().includes("/screen?"));
};

const drop = async (page, path, file) => {
  const answer = page.waitForResponse((one) => one.url().includes("/file?"));
  await page.locator(`[data-file="${path}"]`).setInputFiles(file);
  assert.equal((await answer).status(), 200, path);
  await page.waitForResponse((one) => one.url().includes("/screen?"));
};

const clspack = (...args) => {
  try {
    return { code: 0, out: execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }) };
  } catch (fault) {
    return { code: fault.status, out: fault.stdout };
  }
};

test("from an empty folder to a pack that is ready to sign", async () => {
  const run = await served();
  const page = await opened(run);
  await page.fill("#new-name", "Robot");
  await page.click("#new button");
  await page.locator("#steps li").first().waitFor();
  await write(page, "product.category", "household-robot");
  const added = page.waitForResponse((one) => one.url().endsWith("/set"));
  await page.selectOption('[data-add="labels[0].scheme"]', "kisa-cic");
  await added;
  await page.locator('[id="f:labels[0].level"]').waitFor();
  await write(page, "labels[0].level", "standard");
  // Three answers: the card says form, level and fee.
  const card = await page.locator("#card").innerText();
  for (const words of ["iotmra", "SGD 51.00"]) assert.ok(card.includes(words), card);
  await write(page, "application.submission", "2026-12-01");
  await go(page, "company");
  for (const [path, value] of Object.entries({
    "applicant.name": "Example Electronics Singapore Pte. Ltd.", "applicant.uen": "201900000R",
    "applicant.address": "8 Example Crescent, #05-12, Singapore 000008",
    "applicant.contact.name": "Mei Example", "applicant.contact.email": "regulatory@example-electronics.example",
    "signatory.name": "Mei Example", "signatory.title": "Head of Regulatory Affairs",
  })) await write(page, path, value);
  await go(page, "product");
  for (const [path, value] of Object.entries({
    "product.brand": "Samsung", "product.name": "Bespoke AI Steam robot vacuum", "product.models": "VR7MD97716G", "product.firmware_version": "A-VRB-241101",
  })) await write(page, path, value);
  await go(page, "support");
  await write(page, "product.support.until", "2030-12-31");
  await go(page, "labels");
  const text = readFileSync(join(examples, "korean-robot-vacuum/manifest.yaml"), "utf8");
  const of = (name) => text.match(new RegExp(`^\\s+${name}: "?([^"#\\n]+?)"?\\s*(#.*)?$`, "m"))[1];
  await write(page, "labels[0].number", of("number"));
  await write(page, "labels[0].issued", of("issued"));
  await write(page, "labels[0].expires", of("expires"));
  await write(page, "labels[0].models", "VR7MD97716G");
  await drop(page, "labels[0].evidence[0]", join(examples, "korean-robot-vacuum/evidence/kisa-cic-certificate.pdf"));
  await go(page, "check");
  const findings = await page.locator(".findings").first().innerText();
  const state = await page.locator("#card .state strong").innerText();
  const checked = JSON.parse(clspack("check", join(run.folder, "Robot"), "--format", "json").out);
  assert.equal(state, checked.state);
  assert.equal(state, "to-sign", findings);
  await go(page, "hand-over");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-pack]")]);
  const made = readFileSync(await download.path());
  clspack("pack", join(run.folder, "Robot"), "-o", join(run.folder, "by-command"));
  const [name] = readdirSync(join(run.folder, "by-command"));
  assert.ok(made.equals(readFileSync(join(run.folder, "by-command", name))), "the bytes of the page and the command differ");
  assert.equal(clspack("verify", join(run.folder, "by-command", name)).code, 0);
  assert.deepEqual(page.faults, []);
  console.log(`keystrokes and choices: ${page.strokes}`);
  run.end();
});

test("every screen is accessible and fits, in both languages, light and dark", async () => {
  const app = "wifi-router-level-2";
  const run = await served(app, "blocked");
  for (const [width, locale, colorScheme] of [[360, "ja-JP", "light"], [683, "en-GB", "dark"], [1440, "en-GB", "light"], [1920, "ja-JP", "dark"]]) {
    const page = await opened(run, { viewport: { width, height: 900 }, locale, colorScheme, reducedMotion: "reduce", bypassCSP: true });
    const judge = async (name) => {
      const violations = await page.evaluate(async (source) => {
        if (!window.axe) (0, eval)(source);
        const { violations } = await window.axe.run();
        return violations.map((one) => `${one.id}: ${one.nodes[0].html}`);
      }, axe);
      assert.deepEqual(violations, [], `${name} at ${width}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${name} at ${width} is ${over} pixels too wide`);
      if (shots) { mkdirSync(shots, { recursive: true }); await page.screenshot({ path: join(shots, `${name}-${width}.png`) }); }
    };
    await judge("start");
    await open(page, app);
    for (const screen of screens) {
      await go(page, screen);
      await page.waitForTimeout(150);
      await judge(screen);
    }
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
  run.end();
});

test("all can be done by keyboard", async () => {
  const run = await served("korean-robot-vacuum");
  const page = await opened(run);
  const focused = () => page.evaluate(() => document.activeElement.dataset.go ?? document.activeElement.dataset.app ?? document.activeElement.id);
  const tabTo = async (wanted) => {
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press("Tab");
      if (await focused() === wanted) return;
    }
    assert.fail(`${wanted} is not reached by the Tab key`);
  };
  await tabTo("korean-robot-vacuum");
  await page.keyboard.press("Enter");
  await page.locator("#steps li").first().waitFor();
  await tabTo("company");
  await page.keyboard.press("Enter");
  await page.locator('[id="f:signatory.title"]').waitFor();
  await tabTo("f:signatory.title");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Director");
  const saved = page.waitForResponse((one) => one.url().endsWith("/set"));
  await page.keyboard.press("Enter");
  await saved;
  const text = readFileSync(join(run.folder, "korean-robot-vacuum/manifest.yaml"), "utf8");
  assert.match(text, /title: Director/);
  assert.deepEqual(page.faults, []);
  run.end();
});

test("an unfinished conversion of an input method is not sent", async () => {
  const run = await served("korean-robot-vacuum");
  const page = await opened(run);
  await open(page, "korean-robot-vacuum");
  await go(page, "company");
  let sent = 0;
  page.on("request", (request) => { if (request.url().endsWith("/set")) sent += 1; });
  await page.locator('[id="f:signatory.name"]').evaluate((field) => {
    field.focus();
    field.value = "やまだ";
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }));
  });
  await page.waitForTimeout(300);
  assert.equal(sent, 0);
  run.end();
});

test("a change from outside is shown, and nothing is written over it", async () => {
  const run = await served("korean-robot-vacuum");
  const path = join(run.folder, "korean-robot-vacuum/manifest.yaml");
  const [first, second] = [await opened(run), await opened(run)];
  for (const page of [first, second]) { await open(page, "korean-robot-vacuum"); await go(page, "company"); }
  await write(first, "signatory.title", "First");
  // The second tab has seen the file before the first one changed it.
  const refused = second.waitForResponse((one) => one.url().endsWith("/set"));
  const field = second.locator('[id="f:signatory.title"]');
  await field.fill("Second");
  await field.blur();
  const status = (await refused).status();
  const text = readFileSync(path, "utf8");
  if (status === 409) assert.match(text, /title: First/);
  else assert.match(text, /title: Second/);
  writeFileSync(path, text.replace(/title: \w+/, "title: ByHand"));
  await first.locator('[id="f:signatory.title"]').evaluate((one) => one.blur());
  await first.waitForFunction(() => document.getElementById("f:signatory.title").value === "ByHand", null, { timeout: 8000 });
  run.end();
});

test("when the program is killed the page says so, and nothing is lost", async () => {
  const run = await served("korean-robot-vacuum");
  const page = await opened(run);
  await open(page, "korean-robot-vacuum");
  await go(page, "company");
  await write(page, "signatory.title", "Kept");
  run.child.kill("SIGKILL");
  const field = page.locator('[id="f:signatory.title"]');
  await field.fill("Not sent");
  await field.blur();
  await page.locator("#notice p").waitFor();
  assert.match(await page.locator("#notice").innerText(), /start it again/i);
  assert.equal(await field.inputValue(), "Not sent");
  assert.match(readFileSync(join(run.folder, "korean-robot-vacuum/manifest.yaml"), "utf8"), /title: Kept/);
  run.end();
});

test("hostile names and texts stay texts", async () => {
  const run = await served("korean-robot-vacuum");
  const page = await opened(run);
  await open(page, "korean-robot-vacuum");
  await go(page, "evidence");
  const hostile = join(mkdtempSync(join(tmpdir(), "clspack-e2e-")), "<img src=x onerror=alert(1)>.txt");
  writeFileSync(hostile, "text");
  await drop(page, "evidence.sbom", hostile);
  await go(page, "company");
  await write(page, "signatory.name", "<script>document.title='taken'</script>");
  for (const screen of screens) await go(page, screen);
  assert.notEqual(await page.title(), "taken");
  assert.equal(await page.locator("#main img, #main script").count(), 0);
  assert.ok(existsSync(join(run.folder, "korean-robot-vacuum/manifest.yaml")));
  run.end();
});
