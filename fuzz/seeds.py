"""What the fuzz targets begin with, made from files of the tree: captures, tables of words.

The small files in fuzz/corpus come first; the rest is made anew for each run, so that a new printer, keyword
or option is known to the fuzzer at once.
"""
import glob
import os
import re
import shutil
import sys

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.path.insert(0, os.path.join(ROOT, "tests", "support"))
import savefile

# Bytes of the largest capture: long ones slow the engine down.
READS_CAPTURES = {"print": 16384, "pcapfile": 4096}
PACKETS_OF_A_CAPTURE = 4
LINK, OPTIONS = 0, 0x13  # fuzz_printer.c: the space of link types; -vvv and -e
STEER_MAX, SEED = 512, 8  # fuzz_differential.c


def text_of(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as f:
        return f.read()


def golden():
    return sorted(glob.glob(os.path.join(ROOT, "tests", "golden", "*", "*.pcap*")))


def golden_packets():
    """(name, link type, bytes) of the first packets of each capture."""
    for path in golden():
        capture = savefile.read(path)
        for i, packet in enumerate(capture.packets[:PACKETS_OF_A_CAPTURE] if capture else []):
            name = "-".join(path.split(os.sep)[-2:])
            yield "%s-%d" % (name, i), capture.linktype, packet.data


def printer_seeds():
    """Packets of the captures, each as the payload of its link type's row."""
    ids = re.findall(r"^LINK\(LINKTYPE_(\w+)", text_of("src", "print", "registry.def"), re.M)
    numbers = re.findall(r"^LINKTYPE\((\d+),\s*\d+,\s*(\w+)", text_of("src", "base", "linktype.def"), re.M)
    rows = {int(n): ids.index(i) for n, i in numbers if i in ids}
    for name, linktype, data in golden_packets():
        if linktype & 0xffff in rows:
            yield name, bytes([LINK, rows[linktype & 0xffff], OPTIONS]) + data


def differential_seeds():
    for i, (name, linktype, data) in enumerate(golden_packets()):
        if linktype in (1, 101, 113, 276, 9):
            yield name, (i * 2654435761).to_bytes(SEED, "little") + data[:STEER_MAX]


MADE = {"printer": printer_seeds, "differential": differential_seeds}


def fill(target, folder):
    """Put the seeds of a target into a folder."""
    os.makedirs(folder, exist_ok=True)
    found = glob.glob(os.path.join(ROOT, "fuzz", "corpus", target, "*"))
    if target in READS_CAPTURES:
        found += [p for p in golden() if os.path.getsize(p) <= READS_CAPTURES[target]]
    for path in found:
        shutil.copyfile(path, os.path.join(folder, "-".join(path.split(os.sep)[-2:])))
    for name, data in MADE[target]() if target in MADE else ():
        with open(os.path.join(folder, name), "wb") as f:
            f.write(data)


def filter_words():
    """Of the filter language, from the table that the lexer is made of."""
    words = re.findall(r'^(?:KEYWORD|ALIAS|NAMED)\("([^"]*)"', text_of("src", "lexer", "keywords.def"), re.M)
    return words + [" and ", " or ", "not ", "0x", "::", "/", "<<", "=="]


def option_words():
    """Of the command line, from the table of options."""
    rows = re.findall(r"^OPTION\('(.*?)',\s*(?:NULL|\"(.*?)\")", text_of("src", "cli", "options.def"), re.M)
    letters = ["-" + letter for letter, _ in rows if letter != "\\0"]
    return letters + ["--" + name for _, name in rows if name] + ["\\x0a"]


WORDS = {"filter": filter_words, "options": option_words}


def dictionary(target, path):
    """Write the dictionary of a target; false when it has none."""
    if target not in WORDS:
        return False
    with open(path, "w", encoding="utf-8") as f:
        f.writelines('"%s"\n' % word for word in WORDS[target]())
    return True
