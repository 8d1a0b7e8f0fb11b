// Talking with the sandbox server.

export class Problem extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(body.error || "invalid", body.message || response.statusText);
  return body;
}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Problem("offline", "no answer");
  }
  return answer(response);
}

export const get = (path) => request(path);

export const post = (path, body) =>
  request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export function upload(chatId, query, file) {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  return request(`/api/chats/${chatId}/files?${parameters}`, {
    method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: file,
  });
}

// Live changes. The stream comes back by itself; each time it opens, everything has to be read again.
export function listen(onEvent, onConnection) {
  const source = new EventSource("/api/events");
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
  source.onopen = () => onConnection(true);
  source.onerror = () => {
    onConnection(false);
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => listen(onEvent, onConnection), 1500);
  };
}
