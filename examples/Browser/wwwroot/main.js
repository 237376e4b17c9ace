import { dotnet } from './_framework/dotnet.js';
import { inkOf, show, size } from './image.js';

// A stroke is as thick as MNIST's, two to three of its pixels.
const stroke = 44;
const callsOfATime = 20;

const $ = id => document.getElementById(id);
const board = $('board');
const context = board.getContext('2d', { willReadFrequently: true });
let program = null;
let ink = null;
let last = null;

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function rgb(name) {
  const probe = new OffscreenCanvas(1, 1).getContext('2d');
  probe.fillStyle = colour(name);
  probe.fillRect(0, 0, 1, 1);
  return [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

const bars = Array.from({ length: 10 }, (_, digit) => {
  const item = document.createElement('li');
  item.innerHTML = `<span>${digit}</span><span class="track"><span></span></span><span class="value">–</span>`;
  $('bars').append(item);
  return item;
});

function answer() {
  if (!ink || !program) return;
  const probabilities = program.Classify(ink);
  const best = probabilities.indexOf(Math.max(...probabilities));
  $('digit').textContent = best;
  $('confidence').textContent = `${(100 * probabilities[best]).toFixed(1)} % sure`;
  bars.forEach((item, digit) => {
    item.classList.toggle('best', digit === best);
    item.querySelector('.track span').style.width = `${100 * probabilities[digit]}%`;
    item.querySelector('.value').textContent = `${(100 * probabilities[digit]).toFixed(1)} %`;
  });
  const microseconds = program.Measure(callsOfATime);
  $('time').textContent = microseconds < 1000 ? `${microseconds.toFixed(0)} µs per digit` : `${(microseconds / 1000).toFixed(1)} ms per digit`;
  return best;
}

function see(next) {
  ink = next;
  $('seen').getContext('2d').clearRect(0, 0, size, size);
  if (!ink) return;
  show(ink, $('seen'), rgb('--ink'));
  answer();
}

function clear() {
  context.clearRect(0, 0, board.width, board.height);
  document.body.classList.remove('drawn');
  $('digit').textContent = '–';
  $('confidence').textContent = program ? 'Waiting for a digit' : 'Loading the network …';
  $('time').innerHTML = '&nbsp;';
  for (const item of bars) {
    item.classList.remove('best');
    item.querySelector('.track span').style.width = 0;
    item.querySelector('.value').textContent = '–';
  }

  press(null);
  see(null);
}

function press(button) {
  for (const other of $('samples').children) other.setAttribute('aria-pressed', other === button);
}

function place(event) {
  const box = board.getBoundingClientRect();
  return [(event.clientX - box.left) * board.width / box.width, (event.clientY - box.top) * board.height / box.height];
}

function draw(event) {
  const next = place(event);
  Object.assign(context, { lineWidth: stroke, lineCap: 'round', lineJoin: 'round', strokeStyle: colour('--ink') });
  context.beginPath();
  context.moveTo(...(last ?? next));
  context.lineTo(...next);
  context.stroke();
  last = next;
}

board.addEventListener('pointerdown', event => {
  if ($('samples').querySelector('[aria-pressed="true"]')) clear();
  board.setPointerCapture(event.pointerId);
  document.body.classList.add('drawn');
  last = null;
  draw(event);
});
board.addEventListener('pointermove', event => {
  if (!event.buttons || !board.hasPointerCapture(event.pointerId)) return;
  draw(event);
});
board.addEventListener('pointerup', () => see(inkOf(board)));
$('clear').addEventListener('click', clear);

// The samples stand side by side in one image, white on black.
async function addSamples() {
  const sheet = new Image();
  sheet.src = 'samples.png';
  await sheet.decode();
  for (let i = 0; i < sheet.width / size; i++) {
    const source = new OffscreenCanvas(size, size).getContext('2d');
    source.drawImage(sheet, -i * size, 0);
    const pixels = source.getImageData(0, 0, size, size).data;
    const own = Array.from({ length: size * size }, (_, pixel) => pixels[4 * pixel] / 255);
    const button = document.createElement('button');
    const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
    show(own, canvas, rgb('--ink'));
    button.type = 'button';
    button.setAttribute('aria-label', `Sample ${i + 1}`);
    button.append(canvas);
    button.addEventListener('click', () => {
      clear();
      document.body.classList.add('drawn');
      context.imageSmoothingEnabled = true;
      context.drawImage(canvas, 0, 0, board.width, board.height);
      press(button);
      see(own);
    });
    $('samples').append(button);
  }
}

async function start() {
  const { getAssemblyExports, getConfig } = await dotnet.create();
  const exports = await getAssemblyExports(getConfig().mainAssemblyName);
  program = exports.BrowserExample.Program;

  // The interpreter compiles what has run some times.
  program.Measure(2 * callsOfATime);
  globalThis.exports = exports.BrowserExample;
  if (ink) answer();
  else $('confidence').textContent = 'Waiting for a digit';
}

if ('serviceWorker' in navigator) navigator.serviceWorker.register('worker.js').catch(() => {});
await Promise.all([addSamples(), start()]);
document.documentElement.dataset.ready = '';
