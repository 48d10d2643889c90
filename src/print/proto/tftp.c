/*
 * TFTP.  RFC 1350, section 5; 2347 (options), 2349.
 *
 *   request:          opcode (2)  file name  0  mode  0  [option  0  value  0]...
 *   data, ack:        opcode (2)  block (2)  ...
 *   error:            opcode (2)  code (2)  message  0
 *   acknowledgement of options: opcode (2)  [option  0  value  0]...
 */
#include "print/printer.h"

enum { OPCODE, BODY = 2 };

enum opcode { READ = 1, WRITE, DATA, ACK, ERROR, OPTION_ACK };

NAMES(opcodes,
      (READ, "RRQ")
      (READ + 1, "WRQ")
      (READ + 2, "DATA")
      (READ + 3, "ACK")
      (READ + 4, "ERROR")
      (READ + 5, "OACK"));

NAMES(errors,
      (0, "EUNDEF") (1, "ENOTFOUND") (2, "EACCESS") (3, "ENOSPACE") (4, "EBADOP") (5, "EBADID")
      (6, "EEXISTS") (7, "ENOUSER"));

/* The text before a zero byte; `*v` goes on behind that.  False when there is none. */
static bool say_text(struct dissect *d, struct view *v)
{
    u32 n = 0;

    while (n < v->len && view_byte(*v, n) > 0)
        n++;
    say_visible(d, view_sub(*v, 0, n));
    if (n == v->len || view_byte(*v, n) < 0)
        return false;
    *v = view_from(*v, n + 1);
    return true;
}

static bool say_quoted(struct dissect *d, struct view *v)
{
    say_z(d, " \"");
    bool ended = say_text(d, v);
    say_z(d, "\"");
    return ended;
}

/* All of these return false for a message that is cut. */

static bool say_options(struct dissect *d, struct view v)
{
    while (v.len > 0) {
        if (u8_at(d, v, 0) != '\0')
            say_z(d, " ");
        if (!say_text(d, &v))
            return false;
    }
    return true;
}

static bool say_request(struct dissect *d, struct view v)
{
    if (v.len == 0 || !say_quoted(d, &v) || v.len == 0)
        return false;
    say_z(d, " ");
    return say_text(d, &v) && say_options(d, v);
}

static bool say_error(struct dissect *d, struct view v)
{
    if (v.len < 2)
        return false;
    say(d, " %s", name_of(d, &errors.names, be16_at(d, v, 0), "tftp-err-#%u \""));
    v = view_from(v, 2);
    return v.len > 0 && say_quoted(d, &v);
}

static bool say_message(struct dissect *d, struct view v)
{
    if (v.len < BODY)
        return false;
    u16 opcode = be16_at(d, v, OPCODE);
    say(d, ", %s", name_of(d, &opcodes.names, opcode, "tftp-#%u"));
    v = view_from(v, BODY);
    switch (opcode) {
    case READ:
    case WRITE: return say_request(d, v);
    case DATA:
    case ACK:
        if (v.len < 2)
            return false;
        say_at(d, v, " block %lu", AT_BE16(0));
        return true;
    case ERROR: return say_error(d, v);
    case OPTION_ACK: return say_options(d, v);
    default: return true;
    }
}

void print_tftp(struct dissect *d, struct view v)
{
    d->proto = "tftp";
    say(d, "TFTP, length %u", v.len);
    if (!say_message(d, v))
        truncated(d);
}
