using Cnn.NativeCheck;

return ZooCheck.All() ? 0 : 1;
