#!/usr/bin/env node
import { COMMANDS } from './commands.ts';
import { runCli } from './run-cli.ts';
import { processTerminal } from './terminal.ts';

/** The command line, DESIGN section 7: `chirograph <command>`. */
process.exitCode = await runCli(COMMANDS, process.argv.slice(2), processTerminal());
