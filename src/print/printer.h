/* The vocabulary of a printer: the one umbrella header of the tree. */
#ifndef PRINT_PRINTER_H
#define PRINT_PRINTER_H

#include "base/bytes.h"
#include "base/checksum.h"
#include "base/mem.h"
#include "base/view.h"
#include "print/dissect.h"
#include "print/printers.h"
#include "print/read.h"
#include "print/registry.h"
#include "print/say.h"
#include "print/values.h"

#endif
