// A libp2p peer for tests and measurements on go-libp2p, behind the command line that all peers of
// quality/interop share.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	options, err := parse(os.Args[1:])
	if err == nil {
		switch options.command {
		case "listen":
			err = listen(context.Background(), options)
		case "dial":
			err = measure(context.Background(), options)
		}
	}
	if err != nil {
		say(map[string]any{"ok": false, "error": err.Error()})
		os.Exit(1)
	}
}

// say prints one line of JSON.
func say(message map[string]any) {
	line, err := json.Marshal(message)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(line))
}
