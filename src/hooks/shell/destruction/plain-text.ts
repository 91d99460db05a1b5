import { mayHold } from "../may-hold.ts";

/** What any of the judges looks at. */
const judged =
  /^(?:rm|find|xargs|push|clean|curl|wget|fetch|aria2c|https?|xh|base(?:32|64)|xxd|openssl|chmod|chown|chgrp|shutdown|reboot|halt|poweroff|init|telinit|systemctl|kill|psql|mysql|mariadb|mysqladmin|sqlcmd|clickhouse-client|cockroach|dropdb|gh|docker|podman)$/;

/** Whether a text for a shell surely destroys nothing, as most do. */
export const isPlainlyHarmless = (text: string): boolean => !/\/dev\/(?!null\b)/.test(text) && !mayHold(text, (word) => judged.test(word));
