/* AppleTalk datagrams, for what carries them without an EtherType. */
#ifndef PRINT_PROTO_ATALK_H
#define PRINT_PROTO_ATALK_H

#include "print/dissect.h"

/* A datagram with the long header. */
printer print_atalk;

#endif
