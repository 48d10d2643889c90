/* The secrets of -E.  See man 1 tcpdump. */
#include "cli/secrets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "names/system_files.h"

enum {
    LINE_MAX_LEN = 1023,    /* of a file; as tcpdump, a longer one is several */
    PLAIN_ROOM = 512 << 10, /* twice the longest packet: ESP may be inside ESP */
    FILES_MAX = 8,          /* files that name files */
};

/* Where a line is from, for messages. */
struct place {
    const char *file;
    u32 line;
    u32 depth; /* files around it */
};

/* Up to one of `separators`, or all of it; `rest` is what follows, NULL when nothing can. */
static char *cut(char **rest, const char *separators)
{
    return strsep(rest, separators);
}

/* The bytes that hexadecimal digits spell, at most `max`.  An odd digit at the end is ignored. */
static bool read_hex(struct secret_store *s, u8 *to, size_t max, const char *digits)
{
    for (const char *p = digits; *p != '\0'; p++)
        if (hex_digit(*p) < 0) {
            console_error(s->console, "invalid hex digit %c in espsecret", *p);
            return false;
        }
    for (size_t i = 0; i < max && digits[2 * i] != '\0' && digits[2 * i + 1] != '\0'; i++)
        to[i] = (u8)(hex_digit(digits[2 * i]) << 4 | hex_digit(digits[2 * i + 1]));
    return true;
}

/* Takes `ending` off the end of `name` unless nothing would be left. */
static bool without(char *name, const char *ending)
{
    size_t n = strlen(name), less = strlen(ending);

    if (n <= less || strcmp(name + n - less, ending) != 0)
        return false;
    name[n - less] = '\0';
    return true;
}

static bool grow(struct secret_store *s)
{
    u32 room = s->room == 0 ? 16 : s->room * 2;
    struct secret *rows = realloc(s->rows, room * sizeof *rows);

    if (rows != NULL)
        s->rows = rows;
    struct cipher **ciphers = realloc(s->ciphers, room * sizeof *ciphers);
    if (ciphers != NULL)
        s->ciphers = ciphers;
    if (rows == NULL || ciphers == NULL) {
        s->failed = true;
        return false;
    }
    s->room = room;
    return true;
}

/* Short keys are filled up with zeros, long ones cut. */
static void add(struct secret_store *s, struct secret secret, const struct cipher_kind *kind,
                const u8 *key)
{
    if (s->failed || (s->secrets.count == s->room && !grow(s)))
        return;
    errno = 0;
    struct cipher *cipher = s->open(kind, key);
    if (cipher == NULL && errno == ENOMEM)
        s->failed = true;
    else if (cipher == NULL)
        console_warning(s->console, "this kernel has no cipher %s", kind->kernel);
    if (cipher == NULL)
        return;
    secret.iv_len = kind->iv_len;
    s->ciphers[s->secrets.count] = cipher;
    s->rows[s->secrets.count++] = secret;
}

/* ALGORITHM:KEY */
static void add_cipher(struct secret_store *s, struct secret secret, char *text)
{
    enum { ICV_LEN = 12 };
    u8 key[CIPHER_KEY_MAX] = { 0 };
    char *colon = strchr(text, ':');

    if (colon == NULL) {
        console_warning(s->console, "failed to decode espsecret: %s", text);
        return;
    }
    *colon = '\0';
    if (without(text, "-hmac96"))
        secret.icv_len = ICV_LEN;
    without(text, "-cbc");
    const struct cipher_kind *kind = cipher_find(str_of(text));
    if (kind == NULL) {
        console_warning(s->console, "failed to find cipher algo %s", text);
        return;
    }
    const char *value = colon + 1;
    if (strncmp(value, "0x", 2) != 0)
        memcpy(key, value, strnlen(value, sizeof key));
    else if (!read_hex(s, key, sizeof key, value + 2))
        return;
    add(s, secret, kind, key);
}

/* I|R 0xSPI 0xSPI AUTHENTICATION:KEY ALGORITHM:KEY; the key for authentication is not needed. */
static void add_ike(struct secret_store *s, char *rest, struct place from)
{
    enum { COOKIE_TEXT = 18 }; /* 0x and eight bytes */
    struct secret secret = { .use = SECRET_IKE };
    const char *side = cut(&rest, " \t"), *first = cut(&rest, " \t"), *second = cut(&rest, " \t");

    if (side == NULL || first == NULL || second == NULL) {
        console_warning(s->console, "print_esp: failed to find all fields for ikev2 at %s:%u",
                        from.file, from.line);
        return;
    }
    if ((*side != 'I' && *side != 'R') || strlen(first) != COOKIE_TEXT ||
        strlen(second) != COOKIE_TEXT || strncmp(first, "0x", 2) != 0 ||
        strncmp(second, "0x", 2) != 0) {
        console_warning(s->console, "print_esp: line %s:%u improperly formatted.", from.file,
                        from.line);
        console_warning(s->console, "init=%s icookie=%s(%u) rcookie=%s(%u)", side, first,
                        (u32)strlen(first), second, (u32)strlen(second));
        return;
    }
    secret.initiator = *side == 'I';
    char *authentication = cut(&rest, " \t"), *cipher = cut(&rest, " \t");
    if (!read_hex(s, secret.cookies, 8, first + 2) ||
        !read_hex(s, secret.cookies + 8, 8, second + 2) || authentication == NULL)
        return;
    char *colon = strchr(authentication, ':');
    if (colon == NULL) {
        console_warning(s->console, "failed to decode espsecret: %s", authentication);
        return;
    }
    *colon = '\0';
    if (strcasecmp(authentication, "sha1") == 0 || strcasecmp(authentication, "md5") == 0)
        secret.icv_len = 12; /* both are cut to 96 bits: RFC 2404, RFC 2403 */
    if (cipher != NULL)
        add_cipher(s, secret, cipher);
}

/* SPI@ADDRESS */
static bool read_association(struct secret_store *s, struct secret *secret, char *text)
{
    char *end, *address = text, *spi = cut(&address, "@");

    secret->use = SECRET_ESP;
    secret->spi = (u32)strtoul(spi, &end, 0);
    if (end == spi || address == NULL) {
        console_warning(s->console, "print_esp: failed to decode spi# %s", end);
        return false;
    }
    secret->version = inet_pton(AF_INET6, address, secret->address) == 1 ? 6 : 4;
    if (secret->version == 4 && inet_pton(AF_INET, address, secret->address) != 1) {
        console_warning(s->console, "print_esp: can not decode IP# %s", address);
        return false;
    }
    return true;
}

static void add_file(struct secret_store *s, const char *name, u32 depth);

static void add_secret(struct secret_store *s, char *line, struct place from)
{
    struct secret secret = { .use = SECRET_FALLBACK };
    char *rest = line, *first = cut(&rest, " \t");

    if (rest == NULL) {
        add_cipher(s, secret, first);
        return;
    }
    if (strcasecmp(first, "file") == 0) {
        add_file(s, rest, from.depth + 1);
        return;
    }
    if (strcasecmp(first, "ikev2") == 0) {
        add_ike(s, rest, from);
        return;
    }
    if (!read_association(s, &secret, first))
        return;
    add_cipher(s, secret, rest + strspn(rest, " \t\r\n"));
}

static void add_file(struct secret_store *s, const char *name, u32 depth)
{
    char line[LINE_MAX_LEN + 1];
    struct place from = { .file = name, .depth = depth };
    struct str text = STR_EMPTY;
    char *owned = NULL;

    if (depth > FILES_MAX || !etc_read_file(name, &text, &owned)) {
        console_error(s->console, "esp_print_decode_onesecret: can't open %s: %s", name,
                      depth > FILES_MAX ? "too many files in files" : strerror(errno));
        return;
    }
    while (text.len > 0) {
        size_t end = str_find(text, '\n'), n = end < LINE_MAX_LEN ? end : LINE_MAX_LEN;
        memcpy(line, text.p, n);
        line[n] = '\0';
        text = str_from(text, end < LINE_MAX_LEN ? n + 1 : n);
        from.line++;
        if (line[0] != '\0' && line[0] != '#')
            add_secret(s, line, from);
    }
    free(owned);
}

/*
 * Where the plaintext goes: to the beginning of the room, unless what is decrypted is a plaintext
 * itself, which printers may still look at.
 */
static u8 *place_for(const struct secret_store *s, const u8 *bytes, u32 n)
{
    u8 *to = s->plain;

    if (bytes >= s->plain && bytes < s->plain + PLAIN_ROOM)
        to += (size_t)(bytes - s->plain) + n;
    return n <= (size_t)(s->plain + PLAIN_ROOM - to) ? to : NULL;
}

static const u8 *decrypt(void *context, u32 row, const void *iv, const void *bytes, u32 n)
{
    const struct secret_store *s = context;
    const struct cipher *cipher = s->ciphers[row];
    u32 block_len = cipher_kind_of(cipher)->block_len;

    if (n % block_len != 0) {
        console_warning(
            s->console,
            "esp_print: ciphertext size %u is not a multiple of the cipher block size %u", n,
            block_len);
        return NULL;
    }
    u8 *to = place_for(s, bytes, n);
    return to != NULL && cipher_decrypt(cipher, iv, bytes, to, n) ? to : NULL;
}

bool secrets_open_with(struct secret_store *s, const char *text, const struct console *console,
                       struct cipher *(*open)(const struct cipher_kind *kind, const u8 *key))
{
    *s = (struct secret_store){ .console = console, .open = open };
    char *copy = strdup(text);
    s->plain = malloc(PLAIN_ROOM);
    s->failed = copy == NULL || s->plain == NULL;
    for (char *rest = copy, *one; !s->failed && (one = cut(&rest, ",\n")) != NULL;)
        if (*one != '\0')
            add_secret(s, one, (struct place){ .file = "cmdline" });
    free(copy);
    s->secrets.rows = s->rows;
    s->secrets.decrypt = decrypt;
    s->secrets.context = s;
    if (s->failed)
        console_error(console, "-E: %s", strerror(ENOMEM));
    return !s->failed;
}

bool secrets_open(struct secret_store *s, const char *text, const struct console *console)
{
    return secrets_open_with(s, text, console, cipher_open);
}

void secrets_close(struct secret_store *s)
{
    for (u32 i = 0; i < s->secrets.count; i++)
        cipher_close(s->ciphers[i]);
    free(s->rows);
    free(s->ciphers);
    free(s->plain);
    *s = (struct secret_store){ 0 };
}
