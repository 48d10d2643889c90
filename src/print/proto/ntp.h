/* Time as NTP writes it, which other protocols have taken over. */
#ifndef PRINT_PROTO_NTP_H
#define PRINT_PROTO_NTP_H

#include "print/dissect.h"

/* Seconds since 1900 in the upper half, their fraction in the lower; and as a date unless 0. */
void ntp_say_timestamp(struct dissect *d, u64 stamp);

#endif
