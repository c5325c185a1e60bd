// A real browser for the tests: the system's Chromium, installed by the test run where it may.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { Problem } from './launcher/problem.mjs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function install() {
  const wanted = 'Install Chromium (apt-get install chromium) or set TEST_CHROMIUM to a browser of your own.';
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get'))
    throw new Problem(`The verifier is tested in a real browser too, and there is none here. ${wanted}`);
  console.log('installing chromium for the tests');
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  };
  try {
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  } catch (error) {
    throw new Problem(`Chromium could not be installed. ${wanted}`, { cause: error });
  }
}

/** Path of the browser the tests drive: TEST_CHROMIUM, or the system's. Throws Problem with what to do. */
export function chromiumPath() {
  const own = process.env.TEST_CHROMIUM;
  if (own) return own;
  const found = () => PLACES.find((place) => fs.existsSync(place));
  if (found() === undefined) install();
  const place = found();
  if (place === undefined) throw new Problem('Chromium was installed and is not where it should be.');
  return place;
}
