/** In such a text a word means itself: nothing is quoted, put in for a variable, expanded or hidden. */
const plain = /^[\w\s./=:@,+%&|;>-]*$/;

/** What any of the judges looks at, as it would have to stand in a plain text. */
const judged =
  /^(?:rm|find|xargs|push|clean|curl|wget|fetch|aria2c|https?|xh|base(?:32|64)|xxd|openssl|chmod|chown|chgrp|shutdown|reboot|halt|poweroff|init|telinit|systemctl|kill|psql|mysql|mariadb|mysqladmin|sqlcmd|clickhouse-client|cockroach|dropdb|gh|docker|podman)$/;

/**
 * Whether a text for a shell surely destroys nothing, as most do: then the parser, which takes longer than all else that is done for a command, need
 * not be loaded.
 */
export const isPlainlyHarmless = (text: string): boolean =>
  text.length <= 1_000 &&
  plain.test(text) &&
  !/\/dev\/(?!null\b)/.test(text) &&
  !text.split(/[\s&|;>]+/).some((word) => judged.test(word.slice(word.lastIndexOf("/") + 1)));
