// Serves a published examples/Browser, opens it in headless Chromium, and holds it to what .ci/browser expects: node browser.cjs SITE EXPECTED PICTURES
const { chromium } = require('playwright-core');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');

const [site, expected, pictures] = process.argv.slice(2);
const leastFactor = 30;
const tolerance = 1e-6;
const rounds = 21;
const types = {
  '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.png': 'image/png', '.wasm': 'application/wasm',
};

function demand(condition, text) {
  if (!condition) throw new Error('CI: ' + text);
}

// Isolated, a page's clock is precise to some microseconds.
function serve() {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(request.url.split('?')[0]);
    const file = path.join(site, name === '/' ? 'index.html' : name);
    if (!file.startsWith(path.resolve(site)) || !fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }

    response.writeHead(200, {
      'content-type': types[path.extname(file)] ?? 'application/octet-stream',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    });
    response.end(fs.readFileSync(file));
  });
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const median = values => values.toSorted((a, b) => a - b)[values.length >> 1];

async function main() {
  const server = await serve();
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    headless: true,
    timeout: 180_000,
    viewport: { width: 1100, height: 800 },
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const page = context.pages()[0] ?? await context.newPage();
    page.setDefaultTimeout(300_000);
    const faults = [];
    page.on('pageerror', error => faults.push(String(error)));
    page.on('console', message => message.type() === 'error' && faults.push(message.text()));
    page.on('request', request => request.url().startsWith(address) || faults.push('a request to ' + request.url()));
    const address = `http://127.0.0.1:${server.address().port}/`;
    await page.goto(address);
    await page.waitForSelector('html[data-ready]');

    // The right answer, of both.
    const wanted = fs.readFileSync(expected, 'utf8').trim().split('\n').map(line => line.split(' ').map(Number));
    demand(wanted.length === 3 && wanted.every(row => row.length === 10), 'the numbers of three digits are expected');
    let worst = 0;
    for (const [drawing, row] of wanted.entries()) {
      for (const other of [false, true]) {
        const found = await page.evaluate(([drawing, other]) => exports.Comparison.Classify(drawing, other), [drawing, other]);
        worst = Math.max(worst, ...row.map((value, i) => Math.abs(value - found[i])));
      }
    }

    // Alternately, in the processor's time of the page's thread: other programs may take theirs. The interpreter compiles what has run some
    // tens of times.
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    const clock = async () => (await session.send('Performance.getMetrics')).metrics.find(metric => metric.name === 'ThreadTime').value;
    const time = async (calls, other) => {
      const begin = await clock();
      await page.evaluate(([calls, other]) => exports.Comparison.Measure(calls, other), [calls, other]);
      return 1e6 * (await clock() - begin) / calls;
    };
    await time(600, false);
    await time(40, true);
    const times = [];
    for (let round = 0; round < rounds; round++) times.push([await time(100, false), await time(2, true)]);
    const [now, before, factor] = [times.map(time => time[0]), times.map(time => time[1]), times.map(time => time[1] / time[0])].map(median);
    console.log(`LeNet-5 in ${await page.evaluate('navigator.userAgent.match(/Chrome\\/[0-9]+/)[0]')}: ${now.toFixed(0)} us per digit, `
      + `with MultiplyAddEstimate ${before.toFixed(0)} us, ${factor.toFixed(1)} times as long; off by ${worst.toExponential(1)} at most`);

    await use(page);
    demand(worst <= tolerance, `the probabilities are off by ${worst}`);
    demand(factor >= leastFactor, `the network is ${factor.toFixed(1)} times as fast as with MultiplyAddEstimate, not ${leastFactor}`);

    // Once more without the server: the page is its own.
    await page.evaluate('navigator.serviceWorker.ready');
    await page.reload();
    await page.waitForSelector('html[data-ready]');
    await new Promise(resolve => { server.close(resolve); server.closeAllConnections(); });
    await page.reload();
    await page.waitForSelector('html[data-ready]');
    await page.click('#samples button:nth-child(2)');
    demand(await page.textContent('#digit') === '2', 'without the server, the second sample is taken for ' + await page.textContent('#digit'));
    const beyond = faults.filter(fault => !fault.includes('net::ERR_'));
    demand(beyond.length === 0, 'the page reports: ' + beyond.join('; '));
  } finally {
    await context.close();
    server.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
}

// As a visitor does: the samples, then a stroke.
async function use(page) {
  await page.screenshot({ path: path.join(pictures, 'empty.png') });
  const digits = [7, 2, 1, 0, 4, 9, 5, 6, 3, 8];
  for (const [i, digit] of digits.entries()) {
    await page.click(`#samples button:nth-child(${i + 1})`);
    const found = await page.textContent('#digit');
    demand(found === String(digit), `sample ${i + 1}, a ${digit}, is taken for ${found}`);
  }

  await page.waitForTimeout(400);
  await page.screenshot({ path: path.join(pictures, 'sample.png') });
  await page.click('#clear');
  const box = await page.locator('#board').boundingBox();
  const at = (x, y) => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(0.3, 0.3));
  await page.mouse.down();
  for (const point of [[0.5, 0.28], [0.68, 0.3], [0.6, 0.45], [0.52, 0.6], [0.46, 0.78]]) await page.mouse.move(...at(...point), { steps: 8 });
  await page.mouse.up();
  await page.waitForTimeout(400);
  await page.screenshot({ path: path.join(pictures, 'drawn.png') });
  const found = await page.textContent('#digit');
  demand(found === '7', `a drawn 7 is taken for ${found}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 420, height: 1000 });
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  await page.click('#samples button:nth-child(6)');
  await page.waitForTimeout(400);
  await page.screenshot({ path: path.join(pictures, 'narrow.png'), fullPage: true });
}

main().catch(error => {
  console.error(error.message);
  process.exit(1);
});
