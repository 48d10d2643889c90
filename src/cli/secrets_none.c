/* -E in a build without ciphers: it has no printers for ESP and IKE either. */
#include "cli/secrets.h"

bool secrets_open(struct secret_store *s, const char *text, const struct console *console)
{
    (void)text;
    *s = (struct secret_store){ .console = console };
    console_error(console, "-E: this build decrypts nothing");
    return false;
}

void secrets_close(struct secret_store *s)
{
    (void)s;
}
