// Looks for the number whose hash with the salt is the challenge.
const ROUND = 256;

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

addEventListener("message", async ({ data: { algorithm, challenge, salt, most } }) => {
  const encoder = new TextEncoder();
  for (let first = 0; first <= most; first += ROUND) {
    const numbers = Array.from({ length: ROUND }, (_, n) => first + n);
    const hashes = await Promise.all(numbers.map((n) => crypto.subtle.digest(algorithm, encoder.encode(salt + n))));
    const found = hashes.findIndex((hash) => hex(hash) === challenge);
    if (found >= 0) return postMessage(first + found);
  }
  postMessage(null);
});
