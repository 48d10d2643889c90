/*
 * BEEP: frames of several exchanges on one connection.  RFC 3080, section 2.2.1.
 *
 * Only the word that begins a segment is told.
 */
#include "base/mem.h"
#include "print/printer.h"

enum { WORD_LEN = 4 };

void print_beep(struct dissect *d, struct view v)
{
    /* as tcpdump: two of them are looked for with a zero byte behind them, which real ones lack */
    static const char words[][WORD_LEN + 1] = { "MSG", "ERR ", "RPY ", "ANS ", "NUL ", "SEQ ", "END" };
    const char *start = view_at(v, 0, WORD_LEN);

    d->proto = "beep";
    for (size_t i = 0; start != NULL && v.len >= WORD_LEN && i < countof(words); i++)
        if (memcmp(start, words[i], WORD_LEN) == 0) {
            say(d, " BEEP %.3s", words[i]);
            return;
        }
    say_z(d, " BEEP (payload or undecoded)");
}
